package bowline.examples;

import bowline.failure.Failure;
import bowline.process.StandardIO;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import java.nio.ByteBuffer;

/// `cat` on a reactor: standard input and output as the connection of a protocol.
///
///     yes | ./bowline example stdio-cat | head -3
public final class StdioCat {

    private StdioCat() {}

    /// Copies until the input ends, or nobody reads the output.
    public static void main(String... args) {
        Reactor reactor = Reactor.create();
        reactor.callWhenRunning(() -> StandardIO.connect(reactor, new Cat(reactor)));
        reactor.run();
    }

    private static final class Cat extends Protocol {
        private final Reactor reactor;

        Cat(Reactor reactor) {
            this.reactor = reactor;
        }

        @Override
        public void connectionMade() {
            transport().registerProducer(transport()); // reads only as fast as it can write
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }

        @Override
        public void connectionLost(Failure reason) {
            reactor.stop();
        }
    }
}
