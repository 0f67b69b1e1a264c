package bowline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.junit.Program;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class KeepRunningTest {

    @Test
    @DisplayName("RUN-6: one program ticks on, the other comes back ever later, and both end with the monitor")
    void keepsBothRunning() throws Exception {
        try (Program monitor = Program.start(KeepRunning.class)) {
            long clock = Long.parseLong(
                    monitor.await("\\[clock\\] started as process (\\d+)").group(1));
            for (String delay : new String[] {"0.1", "0.2", "0.4"}) {
                monitor.await("\\[fails\\] process \\d+ exited with code 3 .* starting it again in " + delay + " s");
            }
            monitor.await("\\[clock\\] \\d\\d:\\d\\d:\\d\\d");
            assertThat(ProcessHandle.of(clock)).isPresent();
            monitor.interrupt();

            assertThat(monitor.rest()).anyMatch(line -> line.contains("[clock] process " + clock + " "));
            assertThat(ProcessHandle.of(clock).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(monitor.seen()).anyMatch(line -> line.contains("[fails] cannot cope"));
        }
    }
}
