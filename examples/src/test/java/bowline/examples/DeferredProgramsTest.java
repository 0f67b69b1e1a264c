package bowline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.junit.Program;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The drills about Deferreds and Failures, line by line.
class DeferredProgramsTest {

    @Test
    @DisplayName("P27: the drills run in the order that the chain pictures show")
    void drillsRunInOrder() throws Exception {
        assertEquals(
                """
                -- values pass along
                1 callback 1
                3 callback 2
                4 callback 3
                -- an error skips callbacks until an errback handles it
                2 errback oops
                3 callback 42
                -- the error of layer N is handled in layer N + 1
                1 callback 1, which fails
                2 errback from layer 1
                3 callback recovered
                -- addCallbacks: the errback does not see its own layer's callback fail
                1 callback 1, which fails
                2 errback from layer 1
                -- addBoth is called either way
                both 1
                both oops
                -- a callback that returns a Deferred makes the chain wait
                1 callback 1, waiting
                now the inner one fires
                2 callback from inside
                -- a Deferred fires once
                """.lines().toList(),
                Program.output(DeferredDrills.class).stream()
                        .takeWhile(line -> !line.startsWith("AlreadyCalledError"))
                        .toList());
    }

    @Test
    @DisplayName("P27: a failure that nobody handles is reported as such")
    void drillsReportTheUnhandled() throws Exception {
        List<String> lines = Program.output(DeferredDrills.class);

        assertThat(lines).anyMatch(line -> line.startsWith("AlreadyCalledError: "));
        assertThat(lines).anyMatch(line -> line.contains("Unhandled error in Deferred:"));
        assertThat(lines).anyMatch(line -> line.contains("nobody handles this"));
    }

    @Test
    @DisplayName("P21: failures are made, wrapped, printed and raised again")
    void failuresTellTheirStory() throws Exception {
        List<String> lines = Program.output(FailureExamples.class);

        assertThat(lines)
                .contains(
                        "made by hand",
                        "Traceback (most recent call last):",
                        "Is it an ArithmeticException? true",
                        "Is it an IOException? false",
                        "trapped ArithmeticException",
                        "raised again: / by zero, the same object: true");
        assertThat(lines).anyMatch(line -> line.startsWith("[Failure instance: Traceback: <class 'java.lang.Arithm"));
    }
}
