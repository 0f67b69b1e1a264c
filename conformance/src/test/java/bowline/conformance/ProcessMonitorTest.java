package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.junit.OnReactor;
import bowline.log.CapturedLogs;
import bowline.process.Spawn;
import bowline.reactor.Reactor;
import bowline.supervise.MonitorOptions;
import bowline.supervise.ProcessMonitor;
import bowline.task.Later;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// RUN-6 with the system's own programs.
@OnReactor(timeoutSeconds = 30)
@DisabledOnOs(OS.WINDOWS)
class ProcessMonitorTest {
    private static final MonitorOptions QUICK =
            MonitorOptions.USUAL.threshold(Duration.ZERO).killTimeout(Duration.ofMillis(300));

    private Reactor reactor;
    private ProcessMonitor monitor;

    @BeforeEach
    void begin(Reactor fresh) {
        reactor = fresh;
        monitor = new ProcessMonitor(fresh, QUICK);
        monitor.start();
    }

    private void until(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            Later.deferLater(reactor, Duration.ofMillis(10), () -> null).await();
        }
    }

    private ProcessHandle process(String name) throws Exception {
        until(() -> monitor.pid(name) != null);
        return ProcessHandle.of(monitor.pid(name)).orElseThrow();
    }

    @Test
    @DisplayName("RUN-6: a program that was killed comes back, and ends with the monitor")
    void comesBackWhenKilled() throws Exception {
        monitor.add("sleeper", Spawn.command("sleep", "1000"));
        ProcessHandle first = process("sleeper");
        first.destroyForcibly();
        until(() -> monitor.pid("sleeper") != null && monitor.pid("sleeper") != first.pid());
        ProcessHandle second = process("sleeper");
        assertNotEquals(first, second);

        monitor.stop().await();

        assertFalse(second.isAlive());
    }

    @Test
    @DisplayName("RUN-6: what it writes is logged, with its environment and directory as they were given")
    void logsWhatItWrites(@TempDir Path folder) throws Exception {
        try (CapturedLogs logs = CapturedLogs.open()) {
            monitor.add(
                    "talker",
                    Spawn.command("/bin/sh", "-c", "echo $POEM; echo oh >&2; pwd; printf last; exec sleep 1000")
                            .environment(Map.of("POEM", "Ode"))
                            .directory(folder));
            until(() ->
                    logs.texts().contains("[talker] oh") && logs.texts().contains("[talker] " + folder.toRealPath()));
            assertThat(logs.texts()).contains("[talker] Ode");

            monitor.stop().await();

            assertThat(logs.texts()).contains("[talker] last");
        }
    }

    @Test
    @DisplayName("RUN-6: a program that ignores TERM is killed")
    void killsAStubbornProgram() throws Exception {
        try (CapturedLogs logs = CapturedLogs.open()) {
            monitor.add("mule", Spawn.command("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done"));
            until(() -> logs.texts().contains("[mule] ready"));
            ProcessHandle mule = process("mule");

            monitor.stop().await();

            assertFalse(mule.isAlive());
            assertThat(logs.texts()).contains("[mule] did not end within 0.3 s and is killed");
        }
    }

    @Test
    @DisplayName("RUN-6: what a program has started ends with it, though it holds the pipes")
    void endsGrandchildren() throws Exception {
        monitor.add("parent", Spawn.command("sh", "-c", "sleep 1000 & sleep 1000 & wait"));
        ProcessHandle parent = process("parent");
        until(() -> parent.children().count() == 2);
        var family = parent.children().toList();

        monitor.stop().await();

        for (ProcessHandle each : family) {
            until(() -> !each.isAlive());
        }
        assertFalse(parent.isAlive());
    }

    @Test
    @DisplayName("RUN-6: one that died by itself leaves behind what it had started, and comes back all the same")
    void leavesGrandchildrenOfACrash() throws Exception {
        monitor.add("parent", Spawn.command("sh", "-c", "sleep 1000 & wait"));
        ProcessHandle parent = process("parent");
        until(() -> parent.children().count() == 1);
        ProcessHandle orphan = parent.children().findFirst().orElseThrow();
        try {
            parent.destroyForcibly();
            until(() -> monitor.pid("parent") != null && monitor.pid("parent") != parent.pid());
            assertTrue(orphan.isAlive());
        } finally {
            orphan.destroyForcibly();
        }
        monitor.stop().await();
    }

    @Test
    void aProgramThatIsNotThereIsTriedAgainUntilItIs(@TempDir Path folder) throws Exception {
        Path program = folder.resolve("program");
        ProcessMonitor patient =
                new ProcessMonitor(reactor, QUICK.restartDelays(Duration.ofMillis(20), Duration.ofMillis(50)));
        try (CapturedLogs logs = CapturedLogs.open()) {
            patient.add("late", Spawn.command(program.toString()));
            patient.start();
            until(() -> !logs.texts().isEmpty());
            assertThat(logs.texts().getFirst()).startsWith("[late] cannot be started: cannot run \"" + program + "\"");
            Files.writeString(program, "#!/bin/sh\nexec sleep 1000\n");
            assertTrue(program.toFile().setExecutable(true));
            until(() -> patient.pid("late") != null);

            patient.stop().await();

            assertNull(patient.pid("late"));
        }
        monitor.stop().await();
    }
}
