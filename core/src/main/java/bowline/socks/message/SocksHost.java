package bowline.socks.message;

import bowline.bytes.Ascii;
import java.nio.ByteBuffer;
import java.util.StringJoiner;

/// The host part of a [SocksAddress], in the three forms that SOCKS knows (RFC 1928 §5).
public sealed interface SocksHost {

    /// An address of IPv4.
    ///
    /// @param bits its four octets, the first one highest
    record V4(int bits) implements SocksHost {
        /// No address: what stands for *any*, and for *none to tell*.
        public static final V4 ANY = new V4(0);

        /// From four octets.
        public static V4 of(byte[] octets) {
            return new V4(ByteBuffer.wrap(octets).getInt());
        }

        /// The four octets.
        public byte[] octets() {
            return ByteBuffer.allocate(Integer.BYTES).putInt(bits).array();
        }

        @Override
        public String toString() {
            return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF);
        }
    }

    /// An address of IPv6.
    ///
    /// @param high its first eight octets
    /// @param low its last eight octets
    record V6(long high, long low) implements SocksHost {
        /// From sixteen octets.
        public static V6 of(byte[] octets) {
            ByteBuffer buffer = ByteBuffer.wrap(octets);
            return new V6(buffer.getLong(), buffer.getLong());
        }

        /// The sixteen octets.
        public byte[] octets() {
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(high)
                    .putLong(low)
                    .array();
        }

        /// All eight groups, without the short form's `::`.
        @Override
        public String toString() {
            ByteBuffer octets = ByteBuffer.wrap(octets());
            var groups = new StringJoiner(":", "[", "]");
            while (octets.hasRemaining()) {
                groups.add(Integer.toHexString(octets.getShort() & 0xFFFF));
            }
            return groups.toString();
        }
    }

    /// A name that the proxy is to look up: 1 to 255 characters of visible ASCII (K1).
    record Name(String name) implements SocksHost {
        /// The longest name: its length is written in one octet.
        public static final int MAX_BYTES = 255;

        /// Checks what a name is made of.
        ///
        /// @throws IllegalArgumentException if it is empty, too long, or has a character other than visible
        /// ASCII (G3)
        public Name {
            if (name.isEmpty() || name.length() > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "a host name of " + name.length() + " characters; SOCKS can say 1 to " + MAX_BYTES);
            }
            for (int i = 0; i < name.length(); i++) {
                if (!visible(name.charAt(i))) {
                    throw new IllegalArgumentException("the host name " + Ascii.quote(name, MAX_BYTES)
                            + " has a character at index " + i + " that is not visible ASCII");
                }
            }
        }

        /// Whether a name may have this character.
        static boolean visible(int character) {
            return character > ' ' && character < 0x7F;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
