package bowline.reactor.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.log.CapturedLogs;
import bowline.reactor.watch.ReactorStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a real reactor tells the Flight Recorder, and that it costs nothing while there is none (issue 4, section 4).
class FlightTest {
    private static final List<String> EVENTS = List.of(
            "bowline.Turn",
            "bowline.SlowCallback",
            "bowline.ConnectionOpened",
            "bowline.ConnectionClosed",
            "bowline.Timer",
            "bowline.PoolQueue",
            "bowline.UnhandledError");

    @TempDir
    Path folder;

    private ReactorStats stats;

    /// All events of one visit, of every length, in order of their end.
    private List<RecordedEvent> recordedVisit() throws IOException {
        Path file = folder.resolve("visit.jfr");
        try (var recording = new Recording();
                var logs = CapturedLogs.open()) {
            EVENTS.forEach(event -> recording.enable(event).withThreshold(Duration.ZERO));
            recording.start();
            stats = OneVisit.run().watch().stats();
            recording.dump(file);
            assertThat(logs.failures()).hasSize(1);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> !event.hasField("reactor") || event.getInt("reactor") == stats.reactor())
                .toList();
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("bowline." + name))
                .toList();
    }

    @Test
    void tellsOfConnectionsWithBytesAndReason() throws IOException {
        List<RecordedEvent> events = recordedVisit();

        List<RecordedEvent> opened = named(events, "ConnectionOpened");
        assertThat(opened).extracting(event -> event.getLong("connection")).containsExactlyInAnyOrder(1L, 2L);
        assertThat(opened).extracting(event -> event.getBoolean("client")).containsExactlyInAnyOrder(true, false);
        assertThat(opened)
                .allSatisfy(event -> assertThat(event.getString("peer")).contains("127.0.0.1"));
        assertThat(named(events, "ConnectionClosed")).hasSize(2).allSatisfy(event -> {
            assertEquals(OneVisit.POEM.length, event.getLong("received"));
            assertEquals(OneVisit.POEM.length, event.getLong("sent"));
            assertThat(event.getString("reason")).startsWith("bowline.protocol.ConnectionDone: ");
            assertThat(event.getLong("turn")).isPositive();
        });
    }

    @Test
    void tellsWhatWasSlowAndInWhichTurn() throws IOException {
        List<RecordedEvent> events = recordedVisit();

        RecordedEvent slow = named(events, "SlowCallback").stream()
                .filter(event -> event.getDuration().compareTo(OneVisit.LONG) >= 0)
                .findFirst()
                .orElseThrow();
        RecordedEvent client = named(events, "ConnectionOpened").stream()
                .filter(event -> event.getBoolean("client"))
                .findFirst()
                .orElseThrow();
        long connection = client.getLong("connection");
        assertEquals(connection, slow.getLong("connection"));
        assertThat(slow.getString("callback"))
                .startsWith("connection " + connection + " (")
                .contains("Visitor,client");
        RecordedEvent turn = named(events, "Turn").stream()
                .filter(event -> event.getLong("turn") == slow.getLong("turn"))
                .findFirst()
                .orElseThrow();
        assertThat(turn.getDuration()).isGreaterThanOrEqualTo(slow.getDuration());
        assertThat(turn.getLong("callbacks")).isPositive();
    }

    @Test
    void tellsOfEachTurnOnceAndOfAllThatWasCalled() throws IOException {
        List<RecordedEvent> turns = named(recordedVisit(), "Turn");

        var numbers = new ArrayList<Long>();
        turns.forEach(turn -> numbers.add(turn.getLong("turn")));
        assertThat(numbers).doesNotHaveDuplicates().isSorted().hasSize((int) stats.turns());
        assertEquals(stats.callbacks(), sum(turns, "callbacks"));
        assertEquals(stats.timersCalled(), sum(turns, "timers"));
        assertEquals(stats.callsFromThreads(), sum(turns, "calls"));
    }

    private static long sum(List<RecordedEvent> events, String field) {
        return events.stream().mapToLong(event -> event.getLong(field)).sum();
    }

    @Test
    void tellsOfTimersPoolAndErrors() throws IOException {
        List<RecordedEvent> events = recordedVisit();

        assertThat(named(events, "Timer")).hasSize((int) stats.timersCalled()).allSatisfy(event -> {
            assertThat(event.getDuration("lateness")).isBetween(Duration.ZERO, Duration.ofSeconds(60));
            assertThat(event.getLong("timer")).isPositive();
        });
        RecordedEvent queued = named(events, "PoolQueue").getFirst();
        assertEquals("bowline.reactor", queued.getString("pool"));
        assertEquals(1, queued.getInt("unfinished"));
        assertThat(queued.getLong("connection")).isPositive();
        assertThat(queued.getLong("turn")).isPositive();
        assertThat(queued.getDuration()).isPositive();
        RecordedEvent error = named(events, "UnhandledError").getFirst();
        assertEquals(IllegalStateException.class.getName(), error.getString("type"));
        assertEquals("as planned", error.getString("message"));
        assertThat(error.getLong("turn")).isBetween(1L, stats.turns());
    }

    @Test
    @DisplayName("no class but the gate is loaded before somebody records")
    void loadsNothingWithoutARecording() throws Exception {
        String said = program("-Xlog:class+load:stdout");

        assertThat(said).contains("visited", Flight.class.getName() + " ");
        assertThat(said.lines())
                .filteredOn(line -> line.contains("jdk.jfr.Event")
                        || (line.contains(Flight.class.getPackageName())
                                && !line.contains(Flight.class.getName())
                                && !line.contains(OneVisit.class.getName())))
                .isEmpty();
    }

    @Test
    void worksWithoutTheModule() throws Exception {
        assertThat(program("--limit-modules", "java.base")).contains("visited");
    }

    private static String program(String... options) throws IOException, InterruptedException {
        var words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        words.addAll(List.of(options));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), OneVisit.class.getName()));
        Path output = Files.createTempFile("visit", ".out");
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertEquals(0, process.waitFor(), Files.readString(output));
            return Files.readString(output);
        } finally {
            Files.delete(output);
        }
    }
}
