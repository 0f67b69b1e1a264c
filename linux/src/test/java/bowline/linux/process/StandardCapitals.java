package bowline.linux.process;

import bowline.failure.Failure;
import bowline.process.StandardIoEndpoint;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A program that answers its standard input in capitals, and at last says on standard error which threads it had for
/// that, and what its standard output is by then.
public final class StandardCapitals {
    private StandardCapitals() {}

    /// @param arguments the backend
    public static void main(String[] arguments) {
        Reactor reactor = Reactor.create(arguments[0]);
        Factory<Protocol> factory = Factory.of(Capitals::new);
        new StandardIoEndpoint(reactor, TransportLimits.DEFAULT, true).listen(factory);
        reactor.run();
    }

    private static final class Capitals extends Protocol {
        private String threads = "";

        @Override
        public void connectionMade() {
            transport().write("READY\n");
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            threads = Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith("stdio-"))
                    .sorted()
                    .toList()
                    .toString();
            String text = StandardCharsets.US_ASCII.decode(unread).toString();
            transport().write(text.toUpperCase(Locale.ROOT));
        }

        @Override
        public void connectionLost(Failure reason) {
            System.err.println("threads " + threads);
            System.err.println("ended by " + reason.typeName());
        }
    }
}
