package bowline.haproxy.message;

import bowline.bytes.Ascii;
import bowline.bytes.ByteSink;
import bowline.machine.Machine;
import bowline.machine.PeerViolation;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads the one header at the start of a connection, of either version, and writes them (HAP-1). Pure: no socket,
/// clock or thread.
///
/// The first wrong byte is refused, however few have come (HAP-4); a header is taken when it is whole, and is then at
/// most 107 bytes (version 1) or 232 and the extensions (version 2) long. What follows is the application's.
public final class ProxyHeaderMachine implements Machine<ProxyHeader> {
    private static final int SHOWN = 40;

    private final BinaryHeader binary;
    private boolean read;

    /// Reads headers within `limits`.
    public ProxyHeaderMachine(ProxyLimits limits) {
        binary = new BinaryHeader(limits);
    }

    /// The header, or null while its end has not come.
    ///
    /// @throws PeerViolation if the bytes are no header; nothing is taken then
    /// @throws IllegalStateException when there was one before: a connection has one
    @Override
    public @Nullable ProxyHeader next(ByteBuffer unread) {
        if (read) {
            throw new IllegalStateException("a connection has one PROXY header; what follows is the application's");
        }
        if (!unread.hasRemaining()) {
            return null;
        }
        ProxyHeader header = begins(unread, BinaryHeader.SIGNATURE) ? binary.read(unread) : text(unread);
        read = header != null;
        return header;
    }

    private static @Nullable ProxyHeader text(ByteBuffer unread) {
        if (!begins(unread, TextHeader.SIGNATURE)) {
            throw new PeerViolation(
                    "connection begins with " + Ascii.quote(unread, SHOWN) + ", not with a PROXY header",
                    "PROXY protocol §2");
        }
        return TextHeader.read(unread);
    }

    /// Whether the bytes begin with the signature, as far as they have come.
    private static boolean begins(ByteBuffer unread, byte[] signature) {
        for (int i = 0; i < Math.min(unread.remaining(), signature.length); i++) {
            if (unread.get(unread.position() + i) != signature[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void send(ProxyHeader header, ByteSink sink) {
        if (header.version() == 1) {
            TextHeader.write(header, sink);
        } else {
            BinaryHeader.write(header, sink);
        }
    }
}
