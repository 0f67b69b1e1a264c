package bowline.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.Factory;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.UnixListenOptions;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// UNIX sockets of a simulated host: within the host alone, with files that outlive who crashes (UNX-1 to UNX-4).
class UnixSocketsTest {
    private static final Address.Unix PATH = new Address.Unix("/run/talk");
    private static final UnixListenOptions LOCKED = UnixListenOptions.DEFAULT.withLock();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Simulation world;
    private SimulatedHost host;

    @BeforeEach
    void oneHost() {
        world = Simulation.of(1);
        host = world.host("host");
    }

    @AfterEach
    void end() {
        world.check();
        world.close();
    }

    private static ListeningPort serve(Reactor reactor, UnixListenOptions options) {
        return reactor.listenUnix(PATH, Factory.of(Talk.Echo::new), options);
    }

    private Object asked(SimulatedHost by) {
        Deferred<byte[]> answer = by.start(reactor -> ClientEndpoint.of(reactor, "unix:/run/talk")
                .connect(Factory.of(() -> new Talk.Ask(new byte[5])))
                .addCallbackDeferring(ask -> ask.answered));
        world.runUntil(answer, MINUTE);
        Object result = Objects.requireNonNull(answer.result());
        answer.addErrback(_ -> new byte[0]);
        return result;
    }

    @Test
    void answersThoseOnTheSameHost() {
        host.start(reactor -> serve(reactor, UnixListenOptions.DEFAULT));

        assertThat(asked(host)).isEqualTo(new byte[5]);
        assertThat(((Failure) asked(world.host("other"))).message()).contains("No such file");
    }

    @Test
    void theFileOfOneThatCrashedIsInTheWay() {
        host.start(reactor -> serve(reactor, UnixListenOptions.DEFAULT));
        host.crash();

        assertThat(((Failure) asked(host)).message()).contains("refused");
        assertThatThrownBy(() -> host.start(reactor -> serve(reactor, UnixListenOptions.DEFAULT)))
                .isInstanceOf(CannotListenError.class);
    }

    @Test
    void aLockTellsThatItsOwnerIsDead() {
        host.start(reactor -> serve(reactor, LOCKED));
        assertThatThrownBy(() -> host.start(reactor -> serve(reactor, LOCKED))).hasMessageContaining("holds the lock");
        host.crash();

        host.start(reactor -> serve(reactor, LOCKED));

        assertThat(asked(host)).isEqualTo(new byte[5]);
    }
}
