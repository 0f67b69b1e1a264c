package bowline.socks.message;

import bowline.machine.PeerViolation;
import java.nio.ByteBuffer;

/// A datagram between a client and its UDP association: where it goes to or comes from, and what it says (RFC 1928 §7).
/// Pieces of larger datagrams (`FRAG` other than 0) are refused, as the RFC allows.
///
/// @param data what it says; when it was read, a part of the buffer it was read from
public record SocksDatagram(SocksAddress address, ByteBuffer data) {
    private static final String SOURCE = "SOCKS 5 datagram, RFC 1928 §7";
    private static final int FRAGMENT_AT = 2;
    private static final int ADDRESS_AT = 3;

    /// The longest header in bytes: that with a name of 255.
    public static final int HEADER_MAX_BYTES = ADDRESS_AT + 2 + SocksHost.Name.MAX_BYTES + 2;

    /// Reads one datagram, all of it.
    ///
    /// @throws PeerViolation if it is cut short, malformed, or a fragment; it is to be dropped then
    public static SocksDatagram read(ByteBuffer datagram) {
        ByteBuffer bytes = datagram.slice();
        SocksAddress address = Socks5Wire.readAddress(bytes, ADDRESS_AT);
        if (address == null) {
            throw new PeerViolation("a datagram of " + bytes.limit() + " bytes ends inside its header", SOURCE);
        }
        if (bytes.get(FRAGMENT_AT) != 0) {
            throw new PeerViolation(
                    "a datagram is fragment " + (bytes.get(FRAGMENT_AT) & 0xFF) + " of a larger one, which this"
                            + " server does not put together",
                    SOURCE);
        }
        datagram.position(datagram.limit());
        return new SocksDatagram(address, bytes.slice());
    }

    /// All of it as bytes: header and data.
    public ByteBuffer bytes() {
        byte[] header = Socks5Wire.addressed(new byte[ADDRESS_AT], address);
        return ByteBuffer.allocate(header.length + data.remaining())
                .put(header)
                .put(data.duplicate())
                .flip();
    }
}
