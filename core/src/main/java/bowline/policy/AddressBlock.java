package bowline.policy;

import java.net.InetAddress;
import java.util.Arrays;

/// All Internet addresses that begin with the same bits, written `10.0.0.0/8` or `2001:db8::/32` (RFC 4632 §3.1,
/// RFC 4291 §2.3). A single address is a block of itself.
///
/// @param address the first address of the block
/// @param prefixBits how many of its leading bits all have in common
public record AddressBlock(InetAddress address, int prefixBits) {

    /// Checks the length and that no bit behind it is set.
    public AddressBlock {
        byte[] octets = address.getAddress();
        if (prefixBits < 0 || prefixBits > octets.length * Byte.SIZE) {
            throw new IllegalArgumentException("/" + prefixBits + " behind " + address.getHostAddress()
                    + " is not between 0 and " + octets.length * Byte.SIZE);
        }
        if (!Arrays.equals(masked(octets, prefixBits), octets)) {
            throw new IllegalArgumentException(address.getHostAddress() + "/" + prefixBits
                    + " has bits set behind the first " + prefixBits + "; is one of the two numbers wrong?");
        }
    }

    /// The block that `text` describes, as in `10.0.0.0/8`, or one address without a length.
    ///
    /// @throws IllegalArgumentException if it describes none
    public static AddressBlock of(String text) {
        int slash = text.indexOf('/');
        InetAddress address = literal(slash < 0 ? text : text.substring(0, slash), text);
        if (slash < 0) {
            return new AddressBlock(address, address.getAddress().length * Byte.SIZE);
        }
        String bits = text.substring(slash + 1);
        if (bits.isEmpty() || bits.length() > 3 || !bits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw noBlock(text);
        }
        return new AddressBlock(address, Integer.parseInt(bits));
    }

    private static InetAddress literal(String address, String text) {
        // The platform also reads "10" and "10.1" as addresses, of which nobody knows what was meant.
        boolean whole = address.indexOf(':') >= 0
                || address.chars().filter(c -> c == '.').count() == 3;
        if (whole && address.indexOf('%') < 0) {
            try {
                return InetAddress.ofLiteral(address);
            } catch (IllegalArgumentException noAddress) {
                // Told below.
            }
        }
        throw noBlock(text);
    }

    private static IllegalArgumentException noBlock(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no block of addresses; write one as in 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32");
    }

    /// Whether `other` lies in it. An address of the other family never does.
    public boolean contains(InetAddress other) {
        byte[] octets = other.getAddress();
        byte[] first = address.getAddress();
        return octets.length == first.length && Arrays.equals(masked(octets, prefixBits), first);
    }

    private static byte[] masked(byte[] octets, int bits) {
        byte[] masked = new byte[octets.length];
        int whole = bits / Byte.SIZE;
        System.arraycopy(octets, 0, masked, 0, whole);
        if (bits % Byte.SIZE != 0) {
            masked[whole] = (byte) (octets[whole] & 0xFF00 >> bits % Byte.SIZE);
        }
        return masked;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixBits;
    }
}
