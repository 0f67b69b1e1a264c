package bowline.policy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Which addresses may be connected to on somebody else's behalf (rule K1). Of all blocks that an address lies in, the
/// smallest decides; of two equal ones, that which allows, so that a block of the list can be opened. An address in no
/// block is permitted.
///
/// What counts is the address that is dialled, never a name: whoever judges names is fooled by names that lead to
/// forbidden addresses. An address of IPv6 that stands for one of IPv4 (`64:ff9b::/96`, RFC 6052) is judged as that
/// one; the platform itself turns `::ffff:0:0/96` into IPv4.
public final class AddressRules {
    private static final AddressBlock NAT64 = AddressBlock.of("64:ff9b::/96");
    private static final int EMBEDDED_AT = 12;

    /// No host at all, or many at once: nobody can connect to these.
    private static final List<AddressBlock> NO_HOSTS =
            blocks("0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "::/128", "ff00::/8");

    /// Blocks of the registries of special addresses (RFC 6890) that are not globally reachable, and of IPv6
    /// all that is not global unicast (RFC 4291 §2.4): loopback, link-local, unique local, site-local,
    /// multicast, discard. Then those that lead to IPv4 by another door: Teredo in 2001::/23, 6to4.
    private static final List<AddressBlock> NOT_PUBLIC = blocks(
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "::/3",
            "4000::/2",
            "8000::/1",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    /// Public addresses only: what a server that connects for others begins with.
    public static final AddressRules PUBLIC_ONLY = new AddressRules(
            List.of(), Stream.concat(NO_HOSTS.stream(), NOT_PUBLIC.stream()).toList());

    /// Every address that a host can have, those of this machine and its network among them.
    public static final AddressRules ALL_HOSTS = new AddressRules(List.of(), NO_HOSTS);

    private final List<AddressBlock> allowed;
    private final List<AddressBlock> denied;

    private AddressRules(List<AddressBlock> allowed, List<AddressBlock> denied) {
        this.allowed = List.copyOf(allowed);
        this.denied = List.copyOf(denied);
    }

    private static List<AddressBlock> blocks(String... texts) {
        return Arrays.stream(texts).map(AddressBlock::of).toList();
    }

    /// The same with one more block that is permitted.
    public AddressRules allow(AddressBlock block) {
        return new AddressRules(with(allowed, block), denied);
    }

    /// The same with one more block that is denied.
    public AddressRules deny(AddressBlock block) {
        return new AddressRules(allowed, with(denied, block));
    }

    private static List<AddressBlock> with(List<AddressBlock> blocks, AddressBlock more) {
        var all = new ArrayList<>(blocks);
        all.add(more);
        return all;
    }

    /// Whether `address` may be connected to.
    public boolean permits(InetAddress address) {
        InetAddress judged = meant(address);
        return longest(allowed, judged) >= longest(denied, judged);
    }

    /// How many bits the smallest block has in common that has the address in it; -1 if none has.
    private static int longest(List<AddressBlock> blocks, InetAddress address) {
        int longest = -1;
        for (AddressBlock block : blocks) {
            if (block.prefixBits() > longest && block.contains(address)) {
                longest = block.prefixBits();
            }
        }
        return longest;
    }

    private static InetAddress meant(InetAddress address) {
        if (!(address instanceof Inet6Address) || !NAT64.contains(address)) {
            return address;
        }
        byte[] octets = address.getAddress();
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(octets, EMBEDDED_AT, octets.length));
        } catch (UnknownHostException impossible) {
            throw new AssertionError("four octets are no address", impossible);
        }
    }

    @Override
    public String toString() {
        return "deny " + denied + ", allow " + allowed;
    }
}
