package bowline.haproxy;

import bowline.haproxy.message.ProxyLimits;
import bowline.policy.AddressBlock;
import bowline.protocol.Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// From whom a PROXY header is taken, and what one may cost (R1). The header is required: whoever sends none is
/// refused.
///
/// @param trusted where proxies connect from; everybody else is refused, for a header can claim anything. Sockets of
///        the file system are trusted: who may connect there, its mode says
/// @param headerTimeout how long the whole header may take; trickled bytes do not extend it (G6)
/// @param waitingMax most connections that may wait for their header at a time (G9)
/// @param limits how long a header may be
public record ProxyProtocolOptions(
        List<AddressBlock> trusted, Duration headerTimeout, int waitingMax, ProxyLimits limits) {

    /// Proxies on this machine; 5 s; 1000 connections that wait.
    public static final ProxyProtocolOptions DEFAULT =
            new ProxyProtocolOptions(blocks("127.0.0.0/8", "::1"), Duration.ofSeconds(5), 1000, ProxyLimits.DEFAULT);

    /// Checks the limits.
    public ProxyProtocolOptions {
        trusted = List.copyOf(trusted);
        if (!headerTimeout.isPositive() || waitingMax < 1) {
            throw new IllegalArgumentException("headerTimeout " + headerTimeout + " is not positive, or waitingMax "
                    + waitingMax + " less than 1: no connection would ever come through");
        }
    }

    /// Proxies in these blocks of addresses, as in `10.0.0.0/8`, and no others.
    public ProxyProtocolOptions trusting(String... blocks) {
        return new ProxyProtocolOptions(blocks(blocks), headerTimeout, waitingMax, limits);
    }

    /// Everybody who can connect is taken for a proxy: only where a firewall sees to it.
    public ProxyProtocolOptions trustingAnybody() {
        return trusting("0.0.0.0/0", "::/0");
    }

    /// The same with another time for the header.
    public ProxyProtocolOptions headerTimeout(Duration time) {
        return new ProxyProtocolOptions(trusted, time, waitingMax, limits);
    }

    /// The same with other limits for the header.
    public ProxyProtocolOptions limits(ProxyLimits header) {
        return new ProxyProtocolOptions(trusted, headerTimeout, waitingMax, header);
    }

    boolean trusts(Address peer) {
        return switch (peer) {
            case Address.IPv4 v4 -> trusts(InetAddress.ofLiteral(v4.host()));
            case Address.IPv6 v6 -> trusts(InetAddress.ofLiteral(v6.host()));
            case Address.Hostname _ -> false;
            case Address.Unix _, Address.Pipe _, Address.Device _, Address.ChildProcess _ -> true;
        };
    }

    private boolean trusts(InetAddress address) {
        return trusted.stream().anyMatch(block -> block.contains(address));
    }

    private static List<AddressBlock> blocks(String... texts) {
        return new ArrayList<>(Arrays.stream(texts).map(AddressBlock::of).toList());
    }
}
