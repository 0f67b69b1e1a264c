package bowline.failure;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure.Detail;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// FAI-5 to FAI-8: the texts of a failure.
class TracebackTest {
    private static final String TRACELESS = "bowline.failure.FailureTest$Traceless";

    private final Failure traceless = Failure.of(new FailureTest.Traceless());
    private final Failure framed = framed();

    @Test
    @DisplayName("FAI-5: the message is the exception's, or its class's name")
    void theMessageIsTheExceptions() {
        assertThat(traceless.message()).isEqualTo("Connection was closed cleanly.");
        assertThat(Failure.of(new ArithmeticException()).message()).isEqualTo("ArithmeticException");
    }

    @Test
    @DisplayName("FAI-5: no text ever throws, whatever the exception's own methods do")
    void noTextEverThrows() {
        var broken = Failure.of(new Broken());

        assertThat(broken.message()).contains("Broken").contains("UnsupportedOperationException");
        assertThat(broken.toString()).contains("Broken");
        for (Detail detail : Detail.values()) {
            assertThat(broken.traceback(detail)).contains("Broken");
        }
    }

    @Test
    @DisplayName("FAI-6: brief, a line for the error and one file:line:method a frame")
    void briefIsALineAFrame() {
        assertThat(framed.briefTraceback())
                .isEqualTo("Traceback: <class 'java.lang.IllegalStateException'>: no ink\n"
                        + "Poet.java:7:write\n"
                        + "house.Desk:-1:main\n");
    }

    @Test
    @DisplayName("FAI-6: brief without frames says so")
    void briefWithoutFramesSaysSo() {
        assertThat(traceless.briefTraceback())
                .isEqualTo("Traceback (failure with no frames): <class '" + TRACELESS
                        + "'>: Connection was closed cleanly.\n");
    }

    @Test
    @DisplayName("FAI-7: a failure prints as logs show it")
    void printsAsLogsShowIt() {
        assertThat(traceless.toString())
                .isEqualTo("[Failure instance: Traceback (failure with no frames): <class '" + TRACELESS
                        + "'>: Connection was closed cleanly.\n]");
    }

    @Test
    @DisplayName("FAI-8: the default is the platform's text under a heading")
    void theDefaultIsThePlatformsText() {
        assertThat(framed.traceback(Detail.DEFAULT).lines())
                .startsWith("Traceback (most recent call last):", "java.lang.IllegalStateException: no ink")
                .contains("\tat house.Poet.write(Poet.java:7)");
    }

    @Test
    @DisplayName("FAI-8: the default without frames is type and message")
    void theDefaultWithoutFramesIsTypeAndMessage() {
        assertThat(traceless.traceback(Detail.DEFAULT))
                .isEqualTo("Traceback (most recent call last):\nFailure: " + TRACELESS
                        + ": Connection was closed cleanly.\n");
    }

    @Test
    @DisplayName("FAI-8: verbose tells the type's ancestors too")
    void verboseTellsTheAncestors() {
        assertThat(framed.traceback(Detail.VERBOSE))
                .startsWith(framed.traceback(Detail.DEFAULT))
                .contains("java.lang.IllegalStateException java.lang.RuntimeException java.lang.Exception");
    }

    @Test
    @DisplayName("FAI-8: printTraceback writes the default to a stream")
    void printsToAStream() {
        var bytes = new ByteArrayOutputStream();

        traceless.printTraceback(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(traceless.traceback(Detail.DEFAULT));
    }

    private static Failure framed() {
        var thrown = new IllegalStateException("no ink");
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("house.Poet", "write", "Poet.java", 7),
            new StackTraceElement("house.Desk", "main", null, -1)
        });
        return Failure.of(thrown);
    }

    private static final class Broken extends RuntimeException {
        @Override
        public String getMessage() {
            throw new UnsupportedOperationException();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new UnsupportedOperationException();
        }
    }
}
