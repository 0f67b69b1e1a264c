package bowline.forward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ServerEndpoint;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.contract.ReactorContract;
import bowline.service.ServerService;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// FWD-1, SVC-6: a forward that is stopped while bytes are under way, over real sockets.
class ForwardDrainTest extends ReactorContract {
    /// More than all buffers on the way hold, so that the relay has some while its peers do not read.
    private static final int BYTES = 30_000_000;

    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final Peer client = new Peer(1);
    private final Peer target = new Peer(2);
    private ListeningPort targetPort;
    private PortForward forward;
    private ServerService service;
    private boolean drained;

    @Override
    protected Reactor newReactor() {
        return Reactor.create("nio");
    }

    /// Says a lot and ends its direction; reads only when it is told to.
    private final class Peer extends Protocol implements HalfCloseable {
        private final byte[] said = new byte[BYTES];
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        private @Nullable Failure reason;

        Peer(int seed) {
            new Random(seed).nextBytes(said);
        }

        @Override
        public void connectionMade() {
            transport().pauseProducing();
            transport().write(said);
            transport().loseWriteConnection();
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            byte[] piece = new byte[unread.remaining()];
            unread.get(piece);
            heard.writeBytes(piece);
        }

        @Override
        public void readConnectionLost() {}

        @Override
        public void writeConnectionLost() {}

        @Override
        public void connectionLost(Failure why) {
            reason = why;
            stopWhenOver();
        }

        @Nullable
        Class<?> end() {
            return reason == null ? null : reason.type();
        }
    }

    private void stopWhenOver() {
        if (drained && client.end() != null && target.end() != null) {
            targetPort.stopListening().onBoth(reactor::stop);
        }
    }

    /// Starts everything, drains the forward once it holds bytes that nobody takes, and goes on until all is over.
    private void drain(Duration deadline, Runnable whileDraining) {
        run(() -> {
            targetPort = reactor.listenTcp(0, Factory.of(() -> target), ListenOptions.DEFAULT.on("127.0.0.1"));
            forward = new PortForward(ClientEndpoint.of(reactor, "tcp:127.0.0.1:" + targetPort.port()));
            service = new ServerService(ServerEndpoint.of(reactor, "tcp:0:interface=127.0.0.1"), forward);
            service.start();
            int port = ((Address.IPv4) Objects.requireNonNull(service.host())).port();
            ClientEndpoint.of(reactor, "tcp:127.0.0.1:" + port).connectProtocol(client);
            whenHeldUp(-1, () -> {
                service.drain(deadline).onSuccess(_ -> {
                    drained = true;
                    stopWhenOver();
                });
                assertFalse(drained);
                assertNull(service.host());
                whileDraining.run();
            });
        });
    }

    /// Waits until neither can send more, because the forward has stopped reading.
    private void whenHeldUp(long before, Runnable then) {
        long unsent = client.connected() && target.connected()
                ? client.transport().unsentBytes() + target.transport().unsentBytes()
                : -1;
        if (unsent >= 0 && unsent == before) {
            assertTrue(
                    client.transport().unsentBytes() > 0 && target.transport().unsentBytes() > 0);
            then.run();
        } else {
            reactor.callLater(Duration.ofMillis(100), () -> whenHeldUp(unsent, then));
        }
    }

    @Test
    @DisplayName("a drain lets what is under way arrive, both ways and whole, and only then it is over")
    void lastBytesArrive() {
        drain(LONG, () -> {
            assertEquals(0, client.heard.size() + target.heard.size());
            client.transport().resumeProducing();
            target.transport().resumeProducing();
        });

        assertArrayEquals(client.said, target.heard.toByteArray());
        assertArrayEquals(target.said, client.heard.toByteArray());
        assertEquals(ConnectionDone.class, client.end());
        assertEquals(ConnectionDone.class, target.end());
        assertEquals(0, forward.open());
    }

    @Test
    @DisplayName("a drain whose deadline passes cuts both connections, though neither peer reads")
    void deadlineCuts() {
        long[] begun = {0};
        drain(SHORT, () -> begun[0] = reactor.nanos());

        assertTrue(reactor.nanos() - begun[0] >= SHORT.toNanos());
        assertEquals(ConnectionLost.class, client.end());
        assertEquals(ConnectionLost.class, target.end());
        assertEquals(0, client.heard.size() + target.heard.size());
        assertEquals(0, forward.open());
    }
}
