package bowline.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.protocol.Address;
import bowline.testing.MemoryReactor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// sd_notify(3) and sd_watchdog_enabled(3), as we speak them.
class ServiceManagerTest {
    private final MemoryReactor reactor = new MemoryReactor();
    private final List<String> heard = new ArrayList<>();
    private final List<Address.Unix> at = new ArrayList<>();
    private boolean full;
    private boolean gone;

    private boolean hear(Address.Unix receiver, ByteBuffer datagram) throws IOException {
        if (gone) {
            throw new IOException("ECONNREFUSED");
        }
        if (full) {
            return false;
        }
        at.add(receiver);
        heard.add(StandardCharsets.UTF_8.decode(datagram).toString());
        return true;
    }

    private @Nullable ServiceManager of(Map<String, String> environment) {
        return ServiceManager.of(environment, reactor, () -> this::hear, () -> 7_654_321_000L);
    }

    private ServiceManager manager() {
        return Objects.requireNonNull(of(Map.of("NOTIFY_SOCKET", "/run/notify")));
    }

    @Test
    void thereIsNoneUnlessTheEnvironmentTellsOfOne() {
        assertThat(of(Map.of())).isNull();
        assertThat(of(Map.of("NOTIFY_SOCKET", ""))).isNull();
        assertThat(of(Map.of("NOTIFY_SOCKET", "vsock:2:1234"))).isNull();
        assertThat(ServiceManager.of(Map.of("NOTIFY_SOCKET", "/run/notify"), reactor))
                .as("a reactor without such sockets")
                .isNull();
    }

    @Test
    @DisplayName("a path is taken as it stands, and an @ is the zero of an abstract name")
    void receivers() {
        manager().ready("up");
        Objects.requireNonNull(of(Map.of("NOTIFY_SOCKET", "@notify"))).ready("up");

        assertThat(at).containsExactly(new Address.Unix("/run/notify"), new Address.Unix("\0notify"));
    }

    @Test
    void says() {
        ServiceManager manager = manager();

        manager.ready("web listens");
        manager.reloading("a successor starts");
        manager.ready(77, "handed over");
        manager.stopping("line\nbreak");

        assertThat(heard)
                .containsExactly(
                        "READY=1\nSTATUS=web listens",
                        "RELOADING=1\nMONOTONIC_USEC=7654321\nSTATUS=a successor starts",
                        "MAINPID=77\nREADY=1\nSTATUS=handed over",
                        "STOPPING=1\nSTATUS=line break");
    }

    @Test
    void aLongStatusIsCut() {
        manager().ready("x".repeat(ServiceManager.STATUS_MAX_CHARS + 1));

        assertThat(heard.getFirst()).isEqualTo("READY=1\nSTATUS=" + "x".repeat(ServiceManager.STATUS_MAX_CHARS));
    }

    @Test
    void whatItHasNoRoomForIsToldLaterAndInOrder() {
        ServiceManager manager = manager();
        full = true;
        for (int i = 0; i <= ServiceManager.WAITING_MAX; i++) {
            manager.ready("status " + i);
        }
        manager.alive();
        reactor.advance(Duration.ofMillis(150));
        assertThat(heard).isEmpty();

        full = false;
        reactor.advance(Duration.ofMillis(100));

        assertThat(heard)
                .hasSize(ServiceManager.WAITING_MAX)
                .startsWith("READY=1\nSTATUS=status 1")
                .endsWith("READY=1\nSTATUS=status " + ServiceManager.WAITING_MAX);
        assertThat(reactor.delayedCalls()).isEmpty();
    }

    @Test
    void oneThatIsGoneKeepsNobodyFromGoingOn() {
        ServiceManager manager = manager();
        gone = true;
        manager.ready("up");
        gone = false;
        manager.stopping("down");

        assertThat(heard).containsExactly("STOPPING=1\nSTATUS=down");
    }

    @Test
    @DisplayName("WATCHDOG_PID that is another's, or a time that is none: no watchdog")
    void patience() {
        String own = String.valueOf(ProcessHandle.current().pid());
        assertThat(patience("3000000", own)).isEqualTo(Duration.ofSeconds(3));
        assertThat(patience("3000000", "")).isNull();
        assertThat(patience("3000000", "1" + own)).isNull();
        assertThat(patience("0", own)).isNull();
        assertThat(patience("-1", own)).isNull();
        assertThat(patience("soon", own)).isNull();
        assertThat(patience("9223372036854775807", own)).isNull();
        assertThat(Objects.requireNonNull(of(Map.of("NOTIFY_SOCKET", "/n", "WATCHDOG_USEC", "10")))
                        .patience())
                .isEqualTo(Duration.ofNanos(10_000));
    }

    private @Nullable Duration patience(String micros, String pid) {
        return Objects.requireNonNull(of(Map.of("NOTIFY_SOCKET", "/n", "WATCHDOG_USEC", micros, "WATCHDOG_PID", pid)))
                .patience();
    }

    // The watchdog

    private ServiceManager impatient() {
        return Objects.requireNonNull(of(Map.of("NOTIFY_SOCKET", "/n", "WATCHDOG_USEC", "2000000")));
    }

    @Test
    @DisplayName("WATCHDOG=1 twice in the time that the manager waits")
    void watchdog() {
        Runnable end = Watchdog.start(impatient(), List.of(reactor));
        for (int i = 0; i < 6; i++) {
            reactor.advance(Duration.ofMillis(500));
        }
        assertThat(heard).hasSize(4).containsOnly("WATCHDOG=1");

        end.run();
        reactor.advance(Duration.ofSeconds(5));
        assertThat(heard).hasSize(4);
        assertThat(reactor.delayedCalls()).isEmpty();
    }

    @Test
    void aManagerThatWantsNoSignsGetsNone() {
        Watchdog.start(manager(), List.of(reactor)).run();
        reactor.advance(Duration.ofSeconds(5));

        assertThat(heard).isEmpty();
    }

    @Test
    @DisplayName("one stuck reactor of several, and the watchdog falls silent")
    void stuckReactor() {
        var other = new MemoryReactor();
        var _ = Watchdog.start(impatient(), List.of(reactor, other));
        other.advance(Duration.ZERO);
        reactor.advance(Duration.ofSeconds(1));
        assertThat(heard).containsExactly("WATCHDOG=1");

        reactor.advance(Duration.ofSeconds(1));
        reactor.advance(Duration.ofSeconds(1));
        assertThat(heard).as("the other has not turned").hasSize(1);

        other.advance(Duration.ZERO);
        reactor.advance(Duration.ofSeconds(1));
        assertThat(heard).hasSize(2);
    }
}
