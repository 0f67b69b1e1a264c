package bowline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.junit.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The programs about the log.
class LogProgramsTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d[+-]\\d{4} ";

    @ParameterizedTest
    @ValueSource(strings = {"stdout", "stderr"})
    @DisplayName("P24: startLogging to standard output and standard error")
    void toStandardStreams(String target) throws Exception {
        List<String> lines = Program.output(LoggingTargets.class, target);

        assertThat(lines.getFirst()).matches(TIME + "\\[-\\] Log opened\\.");
        assertThat(lines.get(1)).matches(TIME + "\\[-\\] this is message number 1");
        assertEquals(11, lines.size());
    }

    @Test
    @DisplayName("P24: startLogging to an open file")
    void toAFile(@TempDir Path directory) throws Exception {
        assertThat(Program.output(LoggingTargets.class, "file", directory.toString()))
                .isEmpty();

        assertEquals(11, Files.readAllLines(directory.resolve("plain.log")).size());
    }

    @Test
    @DisplayName("P24: a LogFile with rotateLength 100 rotates, and no line is lost or cut")
    void toARotatingFile(@TempDir Path directory) throws Exception {
        Program.output(LoggingTargets.class, "rotating", directory.toString());

        try (var files = Files.list(directory)) {
            List<Path> logs = files.toList();
            assertThat(logs).hasSizeGreaterThan(3);
            int lines = 0;
            for (Path log : logs) {
                List<String> here = Files.readAllLines(log);
                assertThat(here).allMatch(line -> line.matches(TIME + "\\[-\\] .+"));
                lines += here.size();
            }
            assertEquals(11, lines);
        }
    }

    @Test
    @DisplayName("P25: a changed FileLogObserver and an object of one's own see the events")
    void observers() throws Exception {
        assertThat(Program.output(LogObservers.class))
                .containsExactly(
                        ">>> the first message <<<",
                        ">>> the second message <<<",
                        ">>> a third, which nobody counts <<<",
                        "counted 2 events");
    }

    @Test
    @DisplayName("P26: plain records, records of exceptions, and what the program prints")
    void msgAndErr() throws Exception {
        List<String> lines = Program.output(MsgErr.class);

        assertThat(lines.get(1)).matches(TIME + "\\[-\\] a plain record");
        assertThat(lines.get(2)).matches(TIME + "\\[-\\] a record of several parts");
        assertThat(lines.get(3)).matches(TIME + "\\[-\\] while counting the days of the week");
        assertThat(lines.get(4)).isEqualTo("\tTraceback (most recent call last):");
        assertThat(lines.get(5)).startsWith("\tjava.lang.NumberFormatException");
        assertThat(lines.getLast()).matches(TIME + "\\[-\\] what a program prints is a record too");
    }
}
