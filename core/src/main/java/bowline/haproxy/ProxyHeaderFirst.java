package bowline.haproxy;

import bowline.haproxy.message.ProxyHeader;
import bowline.haproxy.message.ProxyHeaderMachine;
import bowline.haproxy.message.ProxyLimits;
import bowline.protocol.Address;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;

/// Says who is there before another protocol says anything: sends a PROXY header and becomes that protocol.
public final class ProxyHeaderFirst extends Protocol {
    private final int version;
    private final Protocol next;

    /// @param version of the header, 1 or 2
    /// @param next whose connection it is then
    public ProxyHeaderFirst(int version, Protocol next) {
        this.version = version;
        this.next = next;
    }

    /// Sends a header of `version` for a connection from `source` to `destination`. What it cannot name is sent as
    /// unknown.
    public static void send(int version, Address source, Address destination, Transport to) {
        ProxyHeader header = ProxyAddresses.header(version, source, destination);
        new ProxyHeaderMachine(ProxyLimits.DEFAULT).send(header, to);
    }

    @Override
    public void connectionMade() {
        send(version, transport().host(), transport().peer(), transport());
        become(next);
    }

    @Override
    public String logPrefix() {
        return next.logPrefix();
    }
}
