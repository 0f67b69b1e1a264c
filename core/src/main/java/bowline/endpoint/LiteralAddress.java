package bowline.endpoint;

import java.net.Inet6Address;
import java.net.InetAddress;

/// Addresses written as numbers, which need no look-up (HEY-5).
public final class LiteralAddress {
    private static final int IPV4_PARTS = 4;
    private static final int IPV4_PART_MAX = 255;

    private LiteralAddress() {}

    /// Whether `host` is an IPv4 address of four decimal parts, or an IPv6 address without brackets.
    public static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 ? isIpv6(host) : isIpv4(host);
    }

    /// The text of `address`, with its scope, without the name it was looked up by.
    public static String text(InetAddress address) {
        return address.getHostAddress();
    }

    private static boolean isIpv6(String host) {
        try {
            Inet6Address.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException notLiteral) {
            return false;
        }
    }

    // InetAddress.ofLiteral would also take "10" or "127.1", which a resolver may know as names.
    private static boolean isIpv4(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != IPV4_PARTS) {
            return false;
        }
        for (String part : parts) {
            boolean digits =
                    part.length() >= 1 && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits || Integer.parseInt(part) > IPV4_PART_MAX) {
                return false;
            }
        }
        return true;
    }
}
