package bowline.tls;

import bowline.protocol.Protocol;
import bowline.testing.Loopback;
import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import bowline.time.Clock;
import java.util.function.BiConsumer;

/// A client and a server that speak TLS with each other in memory.
final class TlsPair {
    final ManualClock clock = new ManualClock();
    final Speaker client;
    final Speaker server;
    final TlsLayer<Protocol> clientLayer;
    final TlsLayer<Protocol> serverLayer;
    final Loopback wire;

    TlsPair(Speaker client, Speaker server) {
        this(client, server, TlsWorld.client().build(), TlsWorld.server().build());
    }

    TlsPair(Speaker client, Speaker server, TlsClientOptions clients, TlsServerOptions servers) {
        this.client = client;
        this.server = server;
        clientLayer = layer(client, clients);
        serverLayer = layer(server, servers);
        wire = Loopback.connect(clientLayer, serverLayer, clock);
    }

    static <P extends Protocol> TlsLayer<P> layer(P inner, TlsClientOptions options) {
        return new TlsLayer<>(inner, options.shared(), new ClientOpening(options));
    }

    static <P extends Protocol> TlsLayer<P> layer(P inner, TlsServerOptions options) {
        return new TlsLayer<>(inner, options.shared(), new ServerOpening(options));
    }

    /// A client alone, whose server is the test.
    static MemoryTransport alone(Speaker client, Clock clock) {
        return MemoryTransport.connect(layer(client, TlsWorld.client().build()), clock);
    }

    /// A server alone, whose client is the test.
    static MemoryTransport alone(Speaker server, TlsServerOptions options, Clock clock) {
        return MemoryTransport.connect(layer(server, options), clock);
    }

    static TlsPair open() {
        return open(new Speaker(), new Speaker());
    }

    static TlsPair open(Speaker client, Speaker server) {
        var pair = new TlsPair(client, server);
        pair.wire.flush();
        return pair;
    }

    /// Moves what each side has written to the other in pieces, until nothing is left.
    void flush(BiConsumer<byte[], MemoryTransport> deliver) {
        boolean moved = true;
        while (moved) {
            byte[] toServer = wire.client().take();
            byte[] toClient = wire.server().take();
            deliver.accept(toServer, wire.server());
            deliver.accept(toClient, wire.client());
            moved = toServer.length + toClient.length > 0;
        }
    }
}
