package bowline.examples;

import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import bowline.reactor.Reactor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Sends one datagram and prints the answer. Datagrams get lost, so the question is asked again each second, and given
/// up after three; where nobody listens, the other machine says so at once, for the port is connected.
///
///     ./bowline example udp-ask HOST PORT TEXT
public final class UdpAsk {
    private static final int ATTEMPTS_MAX = 3;

    private UdpAsk() {}

    /// Asks, and ends.
    ///
    /// @param args an address in numbers, a port, and what to say
    public static void main(String... args) {
        if (args.length != 3) {
            IO.println("Usage: udp-ask HOST PORT TEXT");
            System.exit(64);
        }
        Reactor reactor = Reactor.create();
        reactor.listenUdp(0, new Question(reactor, args[0], Numbers.port(args[1]), args[2]));
        reactor.run();
    }

    private static final class Question extends DatagramProtocol {
        private final Reactor reactor;
        private final String host;
        private final int port;
        private final String text;
        private int attempts;

        Question(Reactor reactor, String host, int port, String text) {
            this.reactor = reactor;
            this.host = host;
            this.port = port;
            this.text = text;
        }

        @Override
        public void startProtocol() {
            transport().connect(host, port);
            reactor.callWhenRunning(this::ask);
        }

        private void ask() {
            if (attempts++ == ATTEMPTS_MAX) {
                end("No answer from " + transport().connectedTo());
                return;
            }
            transport().write(text);
            reactor.callLater(Duration.ofSeconds(1), this::ask);
        }

        @Override
        public void datagramReceived(ByteBuffer datagram, Address from) {
            end(StandardCharsets.UTF_8.decode(datagram) + " (from " + from + ")");
        }

        @Override
        public void connectionRefused() {
            end("Nobody listens at " + transport().connectedTo());
        }

        private void end(String said) {
            IO.println(said);
            transport().stopListening().onBoth(reactor::stop);
        }
    }
}
