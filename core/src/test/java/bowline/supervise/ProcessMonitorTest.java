package bowline.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.Deferred;
import bowline.log.CapturedLogs;
import bowline.log.LogLevel;
import bowline.process.ProcessProtocol;
import bowline.process.ProcessTransport;
import bowline.process.ScriptedChild;
import bowline.process.ScriptedChildren;
import bowline.process.Spawn;
import bowline.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// RUN-6: programs kept running, in virtual time with children that follow a script.
class ProcessMonitorTest {
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;

    private final ManualClock clock = new ManualClock();
    private final ScriptedChildren children = new ScriptedChildren();
    private final List<ProcessHandle> descendants = new ArrayList<>();
    private final CapturedLogs logs = CapturedLogs.open();
    private final ProcessMonitor monitor = monitor(MonitorOptions.USUAL);

    private ProcessMonitor monitor(MonitorOptions options) {
        return new ProcessMonitor(
                clock,
                new Spawner() {
                    @Override
                    public ProcessTransport spawn(ProcessProtocol protocol, Spawn spawn) {
                        return children.spawn(protocol, spawn);
                    }

                    @Override
                    public List<ProcessHandle> descendants(ProcessTransport child) {
                        return child.pid() == null ? List.of() : List.copyOf(descendants);
                    }
                },
                options);
    }

    @AfterEach
    void closeLogs() {
        logs.close();
    }

    private ScriptedChild started(String name) {
        monitor.add(name, Spawn.command(name));
        if (!monitor.running()) {
            monitor.start();
        }
        return children.last();
    }

    private void advance(double seconds) {
        clock.advance(Duration.ofNanos((long) (seconds * 1e9)));
    }

    private List<String> log(LogLevel level) {
        return logs.events().stream()
                .filter(event -> event.level() == level)
                .map(event -> event.text())
                .toList();
    }

    @Test
    void startsItsProgramsWhenItStarts() {
        monitor.add("a", Spawn.command("a"));
        monitor.add("b", Spawn.command("b"));
        assertEquals(0, children.count());
        assertNull(monitor.pid("a"));

        monitor.start();

        assertThat(children.started).extracting(child -> child.spawn.program()).containsExactly("a", "b");
        assertEquals(List.of("a", "b"), monitor.names());
        assertEquals(101L, monitor.pid("b"));
        assertThat(logs.texts()).contains("[a] started as process 100");
    }

    @Test
    void givesProgramsNothingToReadAndReadsWhatTheyWrite() {
        assertEquals(Set.of(1, 2), started("a").spawn.descriptors().keySet());
    }

    @Test
    void startsAProgramThatIsAddedWhileItRuns() {
        monitor.start();
        monitor.add("late", Spawn.command("late"));

        assertEquals(1, children.count());
    }

    @Test
    void refusesTwoOfOneNameAndUnknownNames() {
        monitor.add("a", Spawn.command("a"));

        assertThrows(IllegalStateException.class, () -> monitor.add("a", Spawn.command("b")));
        assertThrows(IllegalArgumentException.class, () -> monitor.add(" ", Spawn.command("b")));
        assertThat(assertThrows(NoSuchElementException.class, () -> monitor.pid("b")))
                .hasMessage("no program is named \"b\"; there are [a]");
        assertThrows(IllegalStateException.class, () -> monitor.restartProcess("a"));
    }

    /// When a program dies by itself.
    @Nested
    class Restart {

        @Test
        @DisplayName("RUN-6: one that lived for the threshold is started again at once")
        void atOnceWhenItLivedLongEnough() {
            ScriptedChild child = started("a");
            advance(1);
            child.end(0);
            advance(0);

            assertEquals(2, children.count());
            assertThat(log(LogLevel.WARN))
                    .containsExactly("[a] process 100 exited with code 0 after 1.0 s; starting it again at once");
        }

        @Test
        @DisplayName("RUN-6: one that lived shorter waits a second, then twice as long each time, up to an hour")
        void doublesTheDelayUpToAnHour() {
            started("a");
            long expected = 1;
            for (int i = 0; i < 15; i++) {
                advance(0.9);
                children.last().end(1);
                advance(expected - 0.1);
                assertEquals(i + 1, children.count());
                advance(0.1);
                assertEquals(i + 2, children.count());
                expected = Math.min(2 * expected, 3600);
            }
            assertEquals(3600, expected);
        }

        @Test
        @DisplayName("RUN-6: a long life resets the delay")
        void aLongLifeResetsTheDelay() {
            started("a");
            children.last().end(1);
            advance(1);
            children.last().end(1);
            advance(2);
            assertEquals(3, children.count());

            advance(5);
            children.last().end(1);
            advance(0);
            children.last().end(1);
            advance(0.9);
            assertEquals(4, children.count());
            advance(0.1);
            assertEquals(5, children.count());
        }

        @Test
        void sayingHowItEnded() {
            started("a");
            children.last().end(3);
            advance(1);
            children.last().end(KILLED);

            assertThat(log(LogLevel.WARN))
                    .containsExactly(
                            "[a] process 100 exited with code 3 after 0.0 s; starting it again in 1.0 s",
                            "[a] process 101 was ended by signal 9 (KILL) after 0.0 s; starting it again in 2.0 s");
        }

        @Test
        void aProgramThatCannotBeStartedHasDiedTooFast() {
            children.failing = true;
            monitor.add("a", Spawn.command("missing"));
            monitor.start();
            advance(1);
            children.failing = false;
            advance(1.9);
            assertEquals(0, children.count());
            advance(0.1);

            assertEquals(1, children.count());
            assertThat(log(LogLevel.ERROR))
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("[a] cannot be started: cannot run \"missing\": ")
                    .endsWith("; trying again in 1.0 s");
        }

        @Test
        @DisplayName("PRC-8: somebody who holds the pipes of a dead child keeps it from its restart for a second only")
        void aHeldPipeDelaysTheRestartForASecond() {
            ScriptedChild child = started("a");
            advance(10);
            child.exit(0);
            assertNull(monitor.pid("a"));
            child.out("last words");
            advance(0.9);
            assertEquals(1, children.count());
            advance(0.1);
            advance(0);

            assertEquals(2, children.count());
            assertThat(log(LogLevel.INFO)).contains("[a] last words");
        }

        @Test
        void followsTheOptions() {
            ProcessMonitor other = monitor(MonitorOptions.USUAL
                    .threshold(Duration.ofSeconds(10))
                    .restartDelays(Duration.ofSeconds(3), Duration.ofSeconds(4)));
            other.add("a", Spawn.command("a"));
            other.start();
            advance(9);
            children.last().end(0);
            advance(2.9);
            assertEquals(1, children.count());
            advance(0.1);
            children.last().end(0);
            advance(4);
            assertEquals(3, children.count());
        }
    }

    /// What programs write.
    @Nested
    class Output {

        @Test
        @DisplayName("RUN-6: a line at a time, with the name in front")
        void isLoggedByLines() {
            ScriptedChild child = started("a");
            child.out("one\ntw");
            child.out("o\r\n\nthr");
            child.err("bad\n");
            child.out("ee");
            child.end(0);

            assertThat(log(LogLevel.INFO)).contains("[a] one", "[a] two", "[a] ", "[a] three");
            assertThat(log(LogLevel.WARN)).startsWith("[a] bad");
        }

        @Test
        void aLongLineIsLoggedInPieces() {
            ProcessMonitor other = monitor(MonitorOptions.USUAL.lineMaxBytes(4));
            other.add("a", Spawn.command("a"));
            other.start();
            children.last().out("1234\n12345\n123456789");
            children.last().end(0);

            assertThat(log(LogLevel.INFO))
                    .containsSequence("[a] 1234", "[a] 1234", "[a] 5", "[a] 1234", "[a] 5678", "[a] 9");
        }

        @Test
        void whatIsNotTextStaysInItsLine() {
            ScriptedChild child = started("a");
            child.out("é \u001b[31m\n");

            assertThat(log(LogLevel.INFO)).last().isEqualTo("[a] é \\x1b[31m");
        }
    }

    /// When programs are to end.
    @Nested
    class End {

        @Test
        @DisplayName("RUN-6: TERM, and KILL after five seconds")
        void termThenKill() {
            ScriptedChild child = started("a");
            Deferred<@Nullable Void> end = monitor.stop();
            assertEquals(List.of("TERM"), child.signals);
            advance(4.9);
            assertEquals(List.of("TERM"), child.signals);
            advance(0.1);
            assertEquals(List.of("TERM", "KILL"), child.signals);
            assertFalse(end.hasResult());
            child.end(KILLED);

            assertTrue(end.hasResult());
            advance(10_000);
            assertEquals(1, children.count());
            assertThat(log(LogLevel.WARN)).containsExactly("[a] did not end within 5.0 s and is killed");
            assertThat(clock.delayedCalls()).isEmpty();
        }

        @Test
        void aPoliteProgramIsNotKilled() {
            ScriptedChild child = started("a");
            Deferred<@Nullable Void> end = monitor.stop();
            child.end(TERMINATED);

            assertTrue(end.hasResult());
            advance(10);
            assertEquals(List.of("TERM"), child.signals);
            assertThat(log(LogLevel.INFO))
                    .last()
                    .isEqualTo("[a] process 100 was ended by signal 15 (TERM), as it was asked to end");
            assertThat(clock.delayedCalls()).isEmpty();
        }

        @Test
        void waitsForAll() {
            ScriptedChild a = started("a");
            ScriptedChild b = started("b");
            Deferred<@Nullable Void> end = monitor.stop();
            b.end(0);
            assertFalse(end.hasResult());
            a.end(0);

            assertTrue(end.hasResult());
        }

        @Test
        void waitsForOneThatWasRemovedAndIsNotGone() {
            ScriptedChild a = started("a");
            Deferred<@Nullable Void> removed = monitor.remove("a");
            Deferred<@Nullable Void> end = monitor.stop();
            assertFalse(end.hasResult());
            a.end(0);

            assertTrue(end.hasResult());
            assertTrue(removed.hasResult());
        }

        @Test
        void cancelsARestartThatWaits() {
            started("a").end(1);
            assertTrue(monitor.stop().hasResult());
            advance(10);

            assertEquals(1, children.count());
        }

        @Test
        void drainingHasADeadline() {
            ScriptedChild child = started("a");
            monitor.drain(Duration.ofSeconds(2));
            advance(1);
            monitor.drain(Duration.ofSeconds(60));
            advance(1);

            assertEquals(List.of("TERM", "KILL"), child.signals);
        }

        @Test
        void drainingInNoTimeKillsWhateverWasAgreedBefore() {
            ScriptedChild child = started("a");
            monitor.stop();
            Deferred<@Nullable Void> end = monitor.drain(Duration.ZERO);
            assertEquals(List.of("TERM", "KILL"), child.signals);
            child.end(KILLED);

            assertTrue(end.hasResult());
        }

        @Test
        @DisplayName("PRC-8: somebody who holds the pipes of a dead child does not hold up the end")
        void aHeldPipeDoesNotHoldUpTheEnd() {
            ScriptedChild child = started("a");
            Deferred<@Nullable Void> end = monitor.stop();
            child.exit(0);
            advance(1);

            assertTrue(end.hasResult());
        }

        @Test
        void aSystemThatCannotAskKills() {
            // As Windows: there is no TERM.
            monitor.add("a", Spawn.command("a"));
            monitor.start();
            ScriptedChild child = children.last();
            child.refuseTerm = true;
            monitor.stop();

            assertEquals(List.of("KILL"), child.signals);
        }

        @Test
        void whatItStartedEndsWithIt() {
            var meek = new FakeHandle(false);
            var stubborn = new FakeHandle(true);
            descendants.addAll(List.of(meek, stubborn));
            ScriptedChild child = started("a");
            Deferred<@Nullable Void> end = monitor.stop();
            assertThat(meek.signals).isEmpty();
            child.end(0);
            assertEquals(List.of("TERM"), meek.signals);
            assertFalse(end.hasResult());
            advance(4.9);
            assertEquals(List.of("TERM"), stubborn.signals);
            advance(0.1);

            assertEquals(List.of("TERM", "KILL"), stubborn.signals);
            assertTrue(end.hasResult());
            assertThat(clock.delayedCalls()).isEmpty();
        }

        @Test
        void whatItStartedAndLeavesByItselfHoldsUpTheEndNoLonger() {
            var slow = new FakeHandle(true);
            descendants.add(slow);
            ScriptedChild child = started("a");
            Deferred<@Nullable Void> end = monitor.stop();
            child.end(0);
            advance(1);
            assertFalse(end.hasResult());
            slow.destroyForcibly();
            advance(0.05);

            assertTrue(end.hasResult());
        }

        @Test
        void killingTakesAlongWhatItStartedMeanwhile() {
            ScriptedChild child = started("a");
            monitor.stop();
            var late = new FakeHandle(false);
            descendants.add(late);
            advance(5);

            assertEquals(List.of("KILL"), late.signals);
            assertEquals(List.of("TERM", "KILL"), child.signals);
        }
    }

    /// What a program asks for by name.
    @Nested
    class ByName {

        @Test
        void stoppedItStaysDownUntilItIsStarted() {
            ScriptedChild child = started("a");
            Deferred<@Nullable Void> stopped = monitor.stopProcess("a");
            child.end(TERMINATED);
            assertTrue(stopped.hasResult());
            advance(10_000);
            assertEquals(1, children.count());

            monitor.startProcess("a");
            assertEquals(2, children.count());
            monitor.startProcess("a");
            assertEquals(2, children.count());
        }

        @Test
        void startedWhileItStopsItComesBack() {
            ScriptedChild child = started("a");
            Deferred<@Nullable Void> stopped = monitor.stopProcess("a");
            monitor.startProcess("a");
            child.end(TERMINATED);

            assertTrue(stopped.hasResult());
            assertEquals(2, children.count());
        }

        @Test
        void startedWhileItWaitsItNeedNot() {
            started("a").end(1);
            monitor.startProcess("a");
            assertEquals(2, children.count());
            advance(1);
            assertEquals(2, children.count());
        }

        @Test
        void restartedItWaitsForNothing() {
            ScriptedChild child = started("a");
            monitor.restartProcess("a");
            assertEquals(List.of("TERM"), child.signals);
            child.end(TERMINATED);

            assertEquals(2, children.count());
        }

        @Test
        void restartAllRestartsAll() {
            ScriptedChild a = started("a");
            ScriptedChild b = started("b");
            monitor.restartAll();
            a.end(0);
            b.end(0);

            assertThat(children.started)
                    .extracting(child -> child.spawn.program())
                    .containsExactly("a", "b", "a", "b");
        }

        @Test
        void removedItIsGone() {
            ScriptedChild child = started("a");
            Deferred<@Nullable Void> gone = monitor.remove("a");
            child.end(0);
            advance(10);

            assertTrue(gone.hasResult());
            assertEquals(List.of(), monitor.names());
            assertEquals(1, children.count());
        }
    }

    @Test
    void startedAgainItStartsAllAgain() {
        ScriptedChild child = started("a");
        monitor.stop();
        child.end(0);
        monitor.start();

        assertEquals(2, children.count());
    }

    @Test
    void optionsAreChecked() {
        for (Runnable wrong : List.<Runnable>of(
                () -> MonitorOptions.USUAL.threshold(Duration.ofSeconds(-1)),
                () -> MonitorOptions.USUAL.killTimeout(Duration.ofSeconds(-1)),
                () -> MonitorOptions.USUAL.restartDelays(Duration.ZERO, Duration.ofSeconds(1)),
                () -> MonitorOptions.USUAL.restartDelays(Duration.ofSeconds(2), Duration.ofSeconds(1)),
                () -> MonitorOptions.USUAL.lineMaxBytes(0))) {
            assertThrows(IllegalArgumentException.class, wrong::run);
        }
    }
}
