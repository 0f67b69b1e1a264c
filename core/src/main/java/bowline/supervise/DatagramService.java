package bowline.supervise;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Reactor;
import bowline.reactor.UdpPort;
import bowline.service.Service;
import org.jspecify.annotations.Nullable;

/// Receives datagrams at a UDP port while it runs. The port is opened in the privileged phase, or by [#start] when
/// there was none; that it cannot be is thrown.
public final class DatagramService extends Service {
    private final Reactor reactor;
    private final int number;
    private final DatagramProtocol protocol;
    private final DatagramOptions options;
    private @Nullable UdpPort port;

    /// A service for `protocol`; port 0 picks a free one.
    public DatagramService(Reactor reactor, int port, DatagramProtocol protocol, DatagramOptions options) {
        this.reactor = reactor;
        this.number = port;
        this.protocol = protocol;
        this.options = options;
    }

    /// Where it receives now, or null when it does not.
    public @Nullable Address host() {
        return port == null ? null : port.host();
    }

    @Override
    protected void privilegedStartService() {
        if (port == null) {
            port = reactor.listenUdp(number, protocol, options);
        }
    }

    @Override
    protected void startService() {
        privilegedStartService();
    }

    @Override
    protected Deferred<@Nullable Void> stopService() {
        UdpPort open = port;
        port = null;
        return open == null ? Deferred.<@Nullable Void>succeed(null) : open.stopListening();
    }
}
