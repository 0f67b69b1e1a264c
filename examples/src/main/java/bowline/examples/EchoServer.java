package bowline.examples;

import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import java.nio.ByteBuffer;

/// The smallest server: what comes in goes out again.
///
///     ./bowline example echo-server [PORT]
///     nc 127.0.0.1 8000
public final class EchoServer {

    private EchoServer() {}

    /// Serves until Ctrl-C.
    public static void main(String... args) {
        Reactor reactor = Reactor.create();
        reactor.listenTcp(Numbers.port(args, 0, 8000), Factory.of(Echo::new));
        reactor.run();
    }

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread); // takes all of it; what is not taken comes back
        }
    }
}
