package bowline.failure;

import bowline.failure.Failure.Detail;
import java.io.PrintWriter;
import java.io.StringWriter;

/// The texts of a failure (FAI-5 to FAI-8). Nothing here throws, whatever the exception's own methods do.
final class Traceback {

    private Traceback() {}

    static String of(Failure failure, Detail detail) {
        return switch (detail) {
            case BRIEF -> brief(failure);
            case DEFAULT -> full(failure);
            case VERBOSE -> full(failure) + ancestry(failure);
        };
    }

    /// The message, or the simple class name where there is none.
    static String message(Throwable value) {
        try {
            String message = value.getMessage();
            return message == null ? value.getClass().getSimpleName() : message;
        } catch (Throwable broken) {
            return "(the message of this " + value.getClass().getName() + " could not be had: "
                    + broken.getClass().getName() + ")";
        }
    }

    static StackTraceElement[] frames(Throwable value) {
        try {
            return value.getStackTrace();
        } catch (Throwable broken) {
            return new StackTraceElement[0];
        }
    }

    private static String brief(Failure failure) {
        StackTraceElement[] frames = frames(failure.value());
        var text = new StringBuilder("Traceback");
        if (frames.length == 0) {
            text.append(" (failure with no frames)");
        }
        text.append(": <class '")
                .append(failure.typeName())
                .append("'>: ")
                .append(failure.message())
                .append('\n');
        for (StackTraceElement frame : frames) {
            text.append(place(frame)).append('\n');
        }
        return text.toString();
    }

    private static String full(Failure failure) {
        var text = new StringBuilder("Traceback (most recent call last):\n");
        if (frames(failure.value()).length == 0) {
            return text.append("Failure: ")
                    .append(failure.typeName())
                    .append(": ")
                    .append(failure.message())
                    .append('\n')
                    .toString();
        }
        return text.append(platformText(failure)).toString();
    }

    private static String platformText(Failure failure) {
        try {
            var text = new StringWriter();
            failure.value().printStackTrace(new PrintWriter(text, true));
            return text.toString();
        } catch (Throwable broken) {
            return brief(failure);
        }
    }

    private static String ancestry(Failure failure) {
        return "Types: " + String.join(" ", failure.ancestorNames()) + '\n';
    }

    private static String place(StackTraceElement frame) {
        String file = frame.getFileName() == null ? frame.getClassName() : frame.getFileName();
        return file + ":" + frame.getLineNumber() + ":" + frame.getMethodName();
    }
}
