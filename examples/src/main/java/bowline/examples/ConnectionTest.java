package bowline.examples;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;

/// Tells whether something listens on a port (seed P11): a factory with a Deferred of its own, which
/// fires with the connection or fails with the reason.
///
///     ./bowline example connection-test HOST PORT
public final class ConnectionTest {

    private ConnectionTest() {}

    /// Connects, reports, ends.
    public static void main(String... args) {
        if (args.length != 2) {
            IO.println("Usage: connection-test HOST PORT");
            System.exit(1);
        }
        String host = args[0];
        int port = Numbers.port(args[1]);
        Reactor reactor = Reactor.create();

        testConnect(reactor, host, port)
                .onSuccess(_ -> IO.println("Connected to port " + port))
                .addErrback(failure -> {
                    IO.println("Error connecting to port " + port + ": " + failure.message());
                    return "not connected";
                })
                .onBoth(reactor::stop);

        reactor.run();
    }

    /// Fires when a connection could be made; it is closed at once.
    static Deferred<String> testConnect(Reactor reactor, String host, int port) {
        var factory = new ConnectionTestFactory();
        reactor.connectTcp(host, port, factory);
        return factory.tested;
    }

    private static final class ConnectionTestFactory extends ClientFactory<CallbackAndDisconnectProtocol> {
        private final Deferred<String> tested = new Deferred<>();

        @Override
        public CallbackAndDisconnectProtocol buildProtocol(Address peer) {
            return new CallbackAndDisconnectProtocol(tested);
        }

        @Override
        public void clientConnectionFailed(Connector connector, Failure reason) {
            tested.errback(reason);
        }
    }

    private static final class CallbackAndDisconnectProtocol extends Protocol {
        private final Deferred<String> tested;

        CallbackAndDisconnectProtocol(Deferred<String> tested) {
            this.tested = tested;
        }

        @Override
        public void connectionMade() {
            tested.callback("Connected!");
            transport().loseConnection();
        }
    }
}
