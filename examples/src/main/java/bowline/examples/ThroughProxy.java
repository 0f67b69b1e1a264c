package bowline.examples;

import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.EndpointString;
import bowline.failure.Failure;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends lines to a server through a SOCKS proxy and prints what comes back. The protocol does not know: the proxy is
/// part of the endpoint, which the description says. The way to the proxy is a description itself, so that it may lead
/// through another one.
///
///     ./bowline socks --allow-private
///     ./bowline example echo-server
///     ./bowline example through-proxy tcp:127.0.0.1:1080 127.0.0.1 8000 hello
public final class ThroughProxy {

    private ThroughProxy() {}

    /// Asks, and ends when the server does.
    ///
    /// @param args the way to the proxy, the server's name or address, its port, and lines to send
    public static void main(String... args) {
        if (args.length < 4) {
            IO.println("Usage: through-proxy PROXY-ENDPOINT HOST PORT LINE ...");
            System.exit(64);
        }
        Reactor reactor = Reactor.create();
        String description = "socks5:" + EndpointString.quote(args[1]) + ":" + Numbers.port(args[2]) + ":proxy="
                + EndpointString.quote(args[0]);
        List<String> lines = List.of(args).subList(3, args.length);
        ClientEndpoint.of(reactor, description)
                .connect(Factory.of(() -> new Asking(reactor, lines)))
                .<@Nullable Void>addCallbacks(_ -> null, failure -> {
                    IO.println(failure.message());
                    reactor.stop();
                    return null;
                });
        reactor.run();
    }

    private static final class Asking extends Protocol implements HalfCloseable {
        private final Reactor reactor;
        private final List<String> lines;

        Asking(Reactor reactor, List<String> lines) {
            this.reactor = reactor;
            this.lines = lines;
        }

        @Override
        public void connectionMade() {
            lines.forEach(line -> transport().write(line + "\n"));
            transport().loseWriteConnection();
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            IO.print(StandardCharsets.UTF_8.decode(unread));
        }

        @Override
        public void readConnectionLost() {
            transport().loseConnection();
        }

        @Override
        public void writeConnectionLost() {}

        @Override
        public void connectionLost(Failure reason) {
            reactor.stop();
        }
    }
}
