package bowline.failure;

import java.util.List;

/// Stands for an exception of another process after its [Failure] was serialised: the type's name, the
/// names of its ancestors, the message and the frames, without the class itself (FAI-11).
public final class DepartedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String typeName;
    private final String[] ancestorNames;

    private DepartedException(String typeName, List<String> ancestorNames, String message) {
        super(message, null, false, true);
        this.typeName = typeName;
        this.ancestorNames = ancestorNames.toArray(String[]::new);
    }

    static DepartedException of(Failure failure) {
        return of(
                failure.typeName(),
                failure.ancestorNames(),
                failure.message(),
                List.of(Traceback.frames(failure.value())));
    }

    static DepartedException of(
            String typeName, List<String> ancestorNames, String message, List<StackTraceElement> frames) {
        var departed = new DepartedException(typeName, ancestorNames, message);
        departed.setStackTrace(frames.toArray(StackTraceElement[]::new));
        return departed;
    }

    /// The trace arrives with the rest; the one of the place that reads it means nothing.
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /// The name of the class that the exception had where it was thrown.
    public String typeName() {
        return typeName;
    }

    /// That name and those of its superclasses, nearest first.
    public List<String> ancestorNames() {
        return List.of(ancestorNames);
    }

    boolean was(String name) {
        return List.of(ancestorNames).contains(name);
    }

    /// The type's name as it was, and the message: what traces begin with.
    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message is the message; only the name is another
    public String toString() {
        return typeName + ": " + getMessage();
    }
}
