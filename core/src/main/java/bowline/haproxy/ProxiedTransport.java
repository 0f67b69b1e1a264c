package bowline.haproxy;

import bowline.haproxy.message.ProxyHeader;
import bowline.policy.WrappedTransport;
import bowline.protocol.Address;
import bowline.protocol.Transport;

/// The transport of a protocol behind a proxy: its ends are those that the header names (HAP-1).
public final class ProxiedTransport extends WrappedTransport {
    private final ProxyHeader header;
    private final Address peer;
    private final Address host;
    private boolean paused;

    ProxiedTransport(Transport below, ProxyHeader header) {
        super(below);
        this.header = header;
        peer = header.source() == null ? below.peer() : ProxyAddresses.of(header.source());
        host = header.destination() == null ? below.host() : ProxyAddresses.of(header.destination());
    }

    /// All that the proxy said, extensions that we have no use for included.
    public ProxyHeader header() {
        return header;
    }

    /// Where the connection really comes from: the proxy, for those who need to know.
    public Address proxy() {
        return below().peer();
    }

    @Override
    public Address peer() {
        return peer;
    }

    @Override
    public Address host() {
        return host;
    }

    boolean reading() {
        return !paused && below().connected() && !below().disconnecting();
    }

    @Override
    public void pauseProducing() {
        paused = true;
        super.pauseProducing();
    }

    @Override
    public void resumeProducing() {
        paused = false;
        super.resumeProducing();
    }
}
