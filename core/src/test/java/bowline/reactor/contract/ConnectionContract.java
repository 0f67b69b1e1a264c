package bowline.reactor.contract;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import java.time.Duration;

/// What the tests of connections share: two ends over loopback, and a test that is over when both have
/// lost their connection.
public abstract class ConnectionContract extends ReactorContract {
    protected ListenOptions listenOptions = ListenOptions.DEFAULT.on("127.0.0.1");
    protected ListeningPort port;

    /// Connects `client` to `server` and runs the reactor until both were told that the connection is lost.
    protected final void converse(Talker server, Talker client) {
        listen(server);
        connect(client);
        runUntilLost(server, client);
    }

    protected final void listen(Protocol server) {
        port = listen(Factory.of(() -> server));
    }

    protected final ListeningPort listen(Factory<?> factory) {
        return wire().listen(reactor, factory, listenOptions);
    }

    protected final Connector connect(Protocol client) {
        return connect(serving(client));
    }

    protected final Connector connect(ClientFactory<?> factory) {
        return wire().connect(reactor, port, factory, Duration.ofSeconds(30));
    }

    /// What the connections run over.
    protected Wire wire() {
        return new Wire.Tcp();
    }

    /// Runs the reactor until all were told that their connection is lost.
    protected final void runUntilLost(Talker... talkers) {
        reactor.callWhenRunning(() -> stopWhenLost(talkers));
        run();
    }

    private void stopWhenLost(Talker... talkers) {
        for (Talker talker : talkers) {
            if (talker.reason == null) {
                reactor.callLater(Duration.ofMillis(1), () -> stopWhenLost(talkers));
                return;
            }
        }
        reactor.stop();
    }

    /// A client's factory of one protocol.
    static ClientFactory<Protocol> serving(Protocol protocol) {
        return new ClientFactory<>() {
            @Override
            public Protocol buildProtocol(Address peer) {
                return protocol;
            }

            @Override
            public void clientConnectionFailed(Connector connector, Failure reason) {
                throw new AssertionError("could not connect", reason.value());
            }
        };
    }
}
