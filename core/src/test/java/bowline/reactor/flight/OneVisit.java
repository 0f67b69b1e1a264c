package bowline.reactor.flight;

import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ConnectOptions;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A program that does a little of everything that is recorded, and ends.
final class OneVisit {
    static final byte[] POEM = "Some say in ice".getBytes(StandardCharsets.UTF_8);
    static final Duration LONG = Duration.ofMillis(40);

    private final Reactor reactor = Reactor.create();

    private OneVisit() {}

    /// As a program of its own it says when it has come to its end.
    public static void main(String... args) {
        run();
        IO.println("visited");
    }

    /// Returns the reactor, which has stopped.
    static Reactor run() {
        var visit = new OneVisit();
        visit.reactor.callWhenRunning(visit::begin);
        visit.reactor.run();
        return visit.reactor;
    }

    private void begin() {
        ListeningPort port = reactor.listenTcp(0, Factory.of(Echo::new), ListenOptions.DEFAULT.on("127.0.0.1"));
        reactor.connectTcp(
                "127.0.0.1",
                ((Address.IPv4) port.host()).port(),
                new ClientFactory<>() {
                    @Override
                    public Protocol buildProtocol(Address peer) {
                        return new Visitor();
                    }
                },
                ConnectOptions.DEFAULT);
    }

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }

    private final class Visitor extends Protocol {
        @Override
        public void connectionMade() {
            transport().write(POEM);
        }

        /// Is slow once, then leaves, and works in the pool.
        @Override
        public void dataReceived(ByteBuffer unread) {
            if (unread.remaining() < POEM.length) {
                return;
            }
            long end = reactor.nanos() + LONG.toNanos();
            while (reactor.nanos() < end) {
                Thread.onSpinWait();
            }
            transport().loseConnection();
            reactor.callInThread(() -> reactor.callFromThread(this::beginEnd));
        }

        private void beginEnd() {
            reactor.callLater(Duration.ofMillis(1), () -> {
                reactor.callLater(Duration.ZERO, reactor::stop);
                throw new IllegalStateException("as planned");
            });
        }
    }
}
