package bowline.tls;

import bowline.protocol.Address;
import bowline.protocol.Transport;
import bowline.tls.certificate.ReferenceIdentity;
import bowline.tls.engine.TlsEngine;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

/// A client's engine can begin at once.
record ClientOpening(TlsClientOptions options) implements Opening {

    @Override
    public TlsEngine engine(ByteBuffer unread, TlsLayer<?> layer) {
        Transport below = layer.transport();
        return options.engine(below.clock(), port(below.peer()));
    }

    private static int port(Address peer) {
        return switch (peer) {
            case Address.IPv4 v4 -> v4.port();
            case Address.IPv6 v6 -> v6.port();
            case Address.Hostname named -> named.port();
            case Address.Unix _, Address.Pipe _, Address.Device _, Address.ChildProcess _ -> 0;
        };
    }

    @Override
    public boolean isChoosing() {
        return false;
    }

    @Override
    public Predicate<String> admission() {
        return this::isServerNamed;
    }

    private boolean isServerNamed(String host) {
        try {
            return ReferenceIdentity.of(host).equals(options.server());
        } catch (IllegalArgumentException nobody) {
            return false;
        }
    }

    @Override
    public void cancel() {
        // Nothing goes on.
    }

    @Override
    public boolean isServer() {
        return false;
    }
}
