package bowline.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.log.LogFile.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Section 39, log files.
class LogFileTest {
    @TempDir
    Path directory;

    /// LFL-1
    @Test
    void aFileIsAppendedToAsUtf8WithoutBuffering() throws IOException {
        Files.writeString(directory.resolve("x.log"), "before\n");

        try (var log = new LogFile("x.log", directory)) {
            log.write("Ελλάδα\n");

            assertThat(directory.resolve("x.log")).hasContent("before\nΕλλάδα\n");
        }
        assertThat(Options.standard().rotateBytes()).isEqualTo(1_000_000);
    }

    /// LFL-1, LOG-5: the seeds' program (P24).
    @Test
    void theLogCanBeWrittenToALogFileOfAHundredBytes() throws IOException {
        var bench = new LogBench();
        try (var file = new LogFile("name", directory, 100)) {
            bench.log.startLogging(new FileLogObserver(file, LogBench.ZONE), false);
            bench.logger.info("{text}", "x".repeat(100));
            bench.logger.info("next");
        }

        assertThat(directory.resolve("name.1"))
                .hasContent("2011-08-29 13:32:32+0200 [-] Log opened.\n2011-08-29 13:32:32+0200 [-] " + "x".repeat(100)
                        + "\n");
        assertThat(directory.resolve("name")).hasContent("2011-08-29 13:32:32+0200 [-] next\n");
    }

    /// LFL-2: both sides of the limit.
    @Test
    void theSizeIsLookedAtBeforeAWriteAndAWriteIsNeverSplit() throws IOException {
        try (var log = new LogFile("x.log", directory, 10)) {
            log.write("12345");
            log.write("1234");
            log.write("abcdefghijkl");
            assertThat(log.listLogs()).isEmpty();
            log.write("z");
        }

        assertThat(directory.resolve("x.log.1")).hasContent("123451234abcdefghijkl");
        assertThat(directory.resolve("x.log")).hasContent("z");
    }

    /// LFL-2
    @Test
    void twoWritesThatJustFillAFileStayTogether() throws IOException {
        try (var log = new LogFile("x.log", directory, 10)) {
            log.write("12345");
            log.write("67890");
            log.write("x");
        }

        assertThat(directory.resolve("x.log.1")).hasContent("1234567890");
    }

    /// LFL-2
    @Test
    void aLimitOfZeroIsNone() throws IOException {
        try (var log = new LogFile("x.log", directory, 0)) {
            log.write("x".repeat(5_000));
            log.write("y");

            assertThat(log.listLogs()).isEmpty();
        }
    }

    /// LFL-2: a file that was there counts with its size.
    @Test
    void anExistingFullFileIsRotatedBeforeTheFirstWrite() throws IOException {
        Files.writeString(directory.resolve("x.log"), "1234567890");

        try (var log = new LogFile("x.log", directory, 10)) {
            log.write("new");
        }

        assertThat(directory.resolve("x.log")).hasContent("new");
    }

    /// LFL-3
    @Test
    void rotatingMovesEveryFileUpByOne() throws IOException {
        try (var log = new LogFile("x.log", directory, 1)) {
            for (String text : List.of("a", "b", "c", "d")) {
                log.write(text);
            }

            assertThat(log.listLogs()).containsExactly(1, 2, 3);
        }
        assertThat(directory.resolve("x.log")).hasContent("d");
        assertThat(directory.resolve("x.log.1")).hasContent("c");
        assertThat(directory.resolve("x.log.3")).hasContent("a");
    }

    /// LFL-3: both sides of the limit.
    @Test
    void noMoreRotatedFilesRemainThanAskedFor() throws IOException {
        try (var log = new LogFile(
                "x.log", directory, Options.standard().rotateBytes(1).rotatedMaxFiles(2))) {
            log.write("a");
            log.write("b");
            log.write("c");
            assertThat(log.listLogs()).containsExactly(1, 2);
            log.write("d");
            assertThat(log.listLogs()).containsExactly(1, 2);
        }

        assertThat(directory.resolve("x.log.2")).hasContent("b");
    }

    /// LFL-4
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whereTheDirectoryMayNotBeWrittenTheFileGoesOn() throws IOException {
        Path gone = Files.createDirectory(directory.resolve("gone"));
        try (var log = new LogFile("x.log", gone, 1);
                var sameFile = Files.newInputStream(gone.resolve("x.log"))) {
            log.write("a");
            Files.delete(gone.resolve("x.log"));
            Files.delete(gone); // even for a superuser this directory cannot be written now

            log.write("b");

            assertThat(sameFile).hasContent("ab");
        }
    }

    /// LFL-3: what prevents a rotation is told, and the text is written all the same.
    @Test
    void aRotationThatFailsLosesNoText() throws IOException {
        Files.createDirectories(directory.resolve("x.log.1").resolve("which cannot be deleted"));
        try (var log = new LogFile(
                "x.log", directory, Options.standard().rotateBytes(1).rotatedMaxFiles(1))) {
            log.write("a");

            assertThatThrownBy(() -> log.write("b")).isInstanceOf(IOException.class);
        }
        assertThat(directory.resolve("x.log")).hasContent("ab");
    }

    /// LFL-5
    @Test
    void theNumbersOfRotatedFilesAreSortedAndNothingElseCounts() throws IOException {
        for (String name :
                List.of("x.log.10", "x.log.2", "x.log.02", "x.log.x", "y.log.1", "x.log.9999999999", "x.log.")) {
            Files.createFile(directory.resolve(name));
        }

        try (var log = new LogFile("x.log", directory)) {
            assertThat(log.listLogs()).containsExactly(2, 10);
        }
    }

    /// LFL-5
    @Test
    void aReaderReturnsTenLinesACall() throws IOException {
        try (var log = new LogFile("x.log", directory)) {
            var lines = new ArrayList<String>();
            for (int count = 0; count < 11; count++) {
                lines.add("line " + count);
            }
            log.write(String.join("\n", lines));

            try (LogReader reader = log.getCurrentLog()) {
                assertThat(reader.readLines()).isEqualTo(lines.subList(0, 10));
                assertThat(reader.readLines()).containsExactly("line 10");
                assertThat(reader.readLines()).isEmpty();
            }
        }
    }

    /// LFL-5
    @Test
    void aRotatedFileIsReadByItsNumber() throws IOException {
        try (var log = new LogFile("x.log", directory)) {
            log.write("old");
            log.rotate();
            log.write("new");

            try (LogReader reader = log.getLog(1)) {
                assertThat(reader.readLines()).containsExactly("old");
            }
            assertThatThrownBy(() -> log.getLog(2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("x.log.2");
        }
    }

    /// LFL-5
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void afterAnotherProgramMovedTheFileItIsOpenedAgain() throws IOException {
        try (var log = new LogFile("x.log", directory, 5)) {
            log.write("12345");
            Files.move(directory.resolve("x.log"), directory.resolve("elsewhere"));

            log.reopen();
            log.write("new");

            assertThat(directory.resolve("x.log")).hasContent("new");
            assertThat(log.listLogs()).as("the size is counted anew").isEmpty();
        }
    }

    /// LFL-6
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void newFilesHaveTheModeOfTheExistingOneOrTheOneGiven() throws IOException {
        Path file = directory.resolve("x.log");
        Files.createFile(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        try (var log = new LogFile("x.log", directory)) {
            log.rotate();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw-rw-");

        var secret = Options.standard().mode(PosixFilePermissions.fromString("rw-------"));
        try (var log = new LogFile("y.log", directory, secret)) {
            log.rotate();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("y.log"))))
                .isEqualTo("rw-------");
    }

    /// LFL-7
    @Test
    void aDailyFileIsRotatedAtTheFirstWriteOfALaterDay() throws IOException {
        var clock = new Calendar("2011-08-09T23:59:59+02:00");
        try (var log = new DailyLogFile("x.log", directory, null, clock)) {
            log.write("old");
            clock.set("2011-08-10T00:00:00+02:00");
            assertThat(directory.resolve("x.log")).hasContent("old");
            log.write("new");

            try (LogReader reader = log.getLog(LocalDate.of(2011, 8, 9))) {
                assertThat(reader.readLines()).containsExactly("old");
            }
        }
        assertThat(directory.resolve("x.log.2011_8_9")).hasContent("old");
        assertThat(directory.resolve("x.log")).hasContent("new");
    }

    /// LFL-7
    @Test
    void aDailyFileIsNotRotatedOverAnotherOrBackInTime() throws IOException {
        Files.writeString(directory.resolve("x.log.2011_8_29"), "there before");
        var clock = new Calendar("2011-08-29T12:00:00+02:00");
        try (var log = new DailyLogFile("x.log", directory, null, clock)) {
            log.write("a");
            clock.set("2011-08-28T12:00:00+02:00");
            log.write("b");
            clock.set("2011-08-30T12:00:00+02:00");
            log.write("c");
        }

        assertThat(directory.resolve("x.log")).hasContent("abc");
        assertThat(directory.resolve("x.log.2011_8_29")).hasContent("there before");
    }

    /// LFL-7
    @Test
    void anExistingFileIsOfTheDayItWasLastWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("x.log"), "old");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2011-08-08T23:00:00Z")));

        try (var log = new DailyLogFile("x.log", directory, null, new Calendar("2011-08-10T00:00:00+02:00"))) {
            log.write("new");

            assertThatThrownBy(() -> log.getLog(LocalDate.of(2011, 8, 8))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(directory.resolve("x.log.2011_8_9")).hasContent("old");
    }

    /// LFL-8
    @Test
    void writesOfManyThreadsAreWholeAndNoneIsLost() throws Exception {
        try (var log = new LogFile("x.log", directory, 200)) {
            var threads = new ArrayList<Thread>();
            for (int number = 0; number < 4; number++) {
                String line = String.valueOf(number).repeat(9) + "\n";
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int count = 0; count < 50; count++) {
                        try {
                            log.write(line);
                        } catch (IOException broken) {
                            throw new AssertionError(broken);
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            int lines = 0;
            for (int number : log.listLogs()) {
                List<String> file = Files.readAllLines(directory.resolve("x.log." + number));
                assertThat(file).hasSize(20).allMatch(line -> line.matches("(.)\\1{8}"));
                lines += file.size();
            }
            assertThat(lines + Files.readAllLines(directory.resolve("x.log")).size())
                    .isEqualTo(200);
        }
    }

    /// A clock that is set by hand, two hours ahead of Greenwich.
    private static final class Calendar extends Clock {
        private Instant now;

        Calendar(String now) {
            this.now = Instant.parse(now);
        }

        void set(String next) {
            now = Instant.parse(next);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.ofHours(2);
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }
    }
}
