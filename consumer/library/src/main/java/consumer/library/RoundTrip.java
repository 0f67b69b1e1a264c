package consumer.library;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.protocol.Factory;
import bowline.protocol.LineReceiver;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import java.util.concurrent.atomic.AtomicReference;

/// Sends a line to an echo server of its own, over a real socket, and brings it home.
final class RoundTrip {

    private RoundTrip() {}

    /// The line as it came back. Runs a reactor until then.
    static String of(String line) {
        Reactor reactor = Reactor.create();
        var home = new AtomicReference<String>();
        reactor.callWhenRunning(() -> {
            ListeningPort port = reactor.listenTcp(0, Factory.of(Echo::new), ListenOptions.DEFAULT.on("127.0.0.1"));
            var back = new Deferred<String>();
            ClientEndpoint.of(reactor, "tcp:127.0.0.1:" + port.port())
                    .connect(Factory.of(() -> new Sender(line, back)))
                    .addErrback(failure -> {
                        back.errback(failure);
                        return null;
                    });
            back.onSuccess(home::set).onBoth(reactor::stop);
        });
        reactor.run(false);
        return home.get();
    }

    private static final class Echo extends LineReceiver {
        @Override
        public void lineReceived(String line) {
            sendLine(line);
        }
    }

    private static final class Sender extends LineReceiver {
        private final String line;
        private final Deferred<String> back;

        Sender(String line, Deferred<String> back) {
            this.line = line;
            this.back = back;
        }

        @Override
        public void connectionMade() {
            sendLine(line);
        }

        @Override
        public void lineReceived(String received) {
            back.callback(received);
            transport().loseConnection();
        }
    }
}
