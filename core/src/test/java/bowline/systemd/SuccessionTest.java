package bowline.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a process that was started by a service manager says to its successor.
class SuccessionTest {
    private static final ListenFds WEB = new ListenFds(List.of("web"));

    @Test
    void whatNamesThisProcessNamesItsChild() {
        Map<String, String> own = Map.of(
                "LISTEN_PID", "42",
                "LISTEN_FDS", "1",
                "LISTEN_FDNAMES", "web",
                "NOTIFY_SOCKET", "/run/notify",
                "WATCHDOG_PID", "42",
                "WATCHDOG_USEC", "1000",
                "PATH", "/bin");

        Map<String, String> next = Succession.environment(own, 42, WEB);

        assertThat(next)
                .isEqualTo(Map.of(
                        "BOWLINE_LISTEN_PPID", "42",
                        "LISTEN_FDS", "1",
                        "LISTEN_FDNAMES", "web",
                        "NOTIFY_SOCKET", "/run/notify",
                        "WATCHDOG_USEC", "1000",
                        "PATH", "/bin"));
        assertThat(ListenFds.of(next, 43, 42)).isEqualTo(WEB);
        assertThat(ListenFds.of(next, 44, 43)).as("a grandchild").isEqualTo(ListenFds.NONE);
        assertThat(Succession.environment(next, 43, WEB)).containsEntry("BOWLINE_LISTEN_PPID", "43");
    }

    @Test
    void whatIsNotMeantForUsIsNotMeantForItEither() {
        Map<String, String> own = Map.of(
                "LISTEN_PID", "7",
                "BOWLINE_LISTEN_PPID", "7",
                "WATCHDOG_PID", "7",
                "WATCHDOG_USEC", "1000");

        assertThat(Succession.environment(own, 42, ListenFds.NONE)).isEmpty();
    }
}
