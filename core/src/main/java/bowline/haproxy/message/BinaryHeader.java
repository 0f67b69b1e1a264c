package bowline.haproxy.message;

import bowline.bytes.Ascii;
import bowline.bytes.ByteSink;
import bowline.haproxy.message.ProxyHeader.Extension;
import bowline.machine.PeerViolation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Version 2: a signature, sixteen bytes of head with it, addresses, extensions (HAP-3; PROXY protocol §2.2).
///
///     0D 0A 0D 0A 00 0D 0A 51 55 49 54 0A │ 2x │ family and kind │ length │ addresses │ type length value …
final class BinaryHeader {
    static final byte[] SIGNATURE = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};

    private static final String SOURCE = "PROXY protocol version 2, §2.2";
    private static final int HEAD_BYTES = 16;
    private static final int COMMAND_AT = 12;
    private static final int FAMILY_AT = 13;
    private static final int LENGTH_AT = 14;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int UNSPECIFIED = 0x00;
    private static final int STREAM_4 = 0x11;
    private static final int DATAGRAM_4 = 0x12;
    private static final int STREAM_6 = 0x21;
    private static final int DATAGRAM_6 = 0x22;
    private static final int STREAM_UNIX = 0x31;
    private static final int DATAGRAM_UNIX = 0x32;
    private static final int ADDRESSES_4_BYTES = 12;
    private static final int ADDRESSES_6_BYTES = 36;
    private static final int ADDRESSES_UNIX_BYTES = 2 * ProxyAddress.Unix.PATH_MAX_BYTES;
    private static final int EXTENSION_HEAD_BYTES = 3;

    private final ProxyLimits limits;

    BinaryHeader(ProxyLimits limits) {
        this.limits = limits;
    }

    // Reading

    @Nullable
    ProxyHeader read(ByteBuffer unread) {
        int start = unread.position();
        if (unread.remaining() > COMMAND_AT) {
            checkCommand(unread.get(start + COMMAND_AT) & 0xFF);
        }
        if (unread.remaining() < HEAD_BYTES) {
            return null;
        }
        boolean local = (unread.get(start + COMMAND_AT) & 0xFF) == LOCAL;
        int family = unread.get(start + FAMILY_AT) & 0xFF;
        int length = unread.getShort(start + LENGTH_AT) & 0xFFFF;
        int addresses = addressBytes(family);
        if (addresses < 0) {
            if (!local) {
                throw violation("family and kind 0x%02x are unknown".formatted(family));
            }
            addresses = Math.min(length, ADDRESSES_UNIX_BYTES); // of no interest (§2.2)
        }
        checkLength(length, addresses, local);
        if (unread.remaining() < HEAD_BYTES + length) {
            return null;
        }
        ByteBuffer whole = unread.slice(start, HEAD_BYTES + length);
        ProxyHeader header = parse(whole, local, family, addresses);
        unread.position(start + whole.limit());
        return header;
    }

    private static void checkCommand(int command) {
        if (command != LOCAL && command != PROXY) {
            throw violation("version and command 0x%02x are not 0x20 (local) or 0x21 (proxied)".formatted(command));
        }
    }

    private void checkLength(int length, int addresses, boolean local) {
        if (length < addresses && !local) {
            throw violation("length " + length + " is less than the " + addresses + " bytes of its addresses");
        }
        if (length - addresses > limits.extensionsMaxBytes()) {
            throw violation("extensions have " + (length - addresses) + " bytes, more than extensionsMaxBytes = "
                    + limits.extensionsMaxBytes());
        }
    }

    /// How many bytes the addresses of a family take; -1 if it is unknown.
    private static int addressBytes(int family) {
        return switch (family) {
            case UNSPECIFIED -> 0;
            case STREAM_4, DATAGRAM_4 -> ADDRESSES_4_BYTES;
            case STREAM_6, DATAGRAM_6 -> ADDRESSES_6_BYTES;
            case STREAM_UNIX, DATAGRAM_UNIX -> ADDRESSES_UNIX_BYTES;
            default -> -1;
        };
    }

    private ProxyHeader parse(ByteBuffer whole, boolean local, int family, int addresses) {
        if (local && (addressBytes(family) < 0 || whole.limit() < HEAD_BYTES + addresses)) {
            return new ProxyHeader(2, true, null, null, List.of());
        }
        whole.position(HEAD_BYTES);
        ProxyAddress source = null;
        ProxyAddress destination = null;
        switch (local ? UNSPECIFIED : family) {
            case STREAM_4, DATAGRAM_4 -> {
                int from = whole.getInt();
                int to = whole.getInt();
                source = new ProxyAddress.V4(from, port(whole));
                destination = new ProxyAddress.V4(to, port(whole));
            }
            case STREAM_6, DATAGRAM_6 -> {
                long[] words = {whole.getLong(), whole.getLong(), whole.getLong(), whole.getLong()};
                source = new ProxyAddress.V6(words[0], words[1], port(whole));
                destination = new ProxyAddress.V6(words[2], words[3], port(whole));
            }
            case STREAM_UNIX, DATAGRAM_UNIX -> {
                source = unix(whole);
                destination = unix(whole);
            }
            default -> whole.position(HEAD_BYTES + addresses);
        }
        return new ProxyHeader(2, local, source, destination, extensions(whole));
    }

    private static int port(ByteBuffer bytes) {
        return bytes.getShort() & 0xFFFF;
    }

    private static ProxyAddress.Unix unix(ByteBuffer bytes) {
        byte[] path = new byte[ProxyAddress.Unix.PATH_MAX_BYTES];
        bytes.get(path);
        int end = 0;
        while (end < path.length && path[end] != 0) {
            end++;
        }
        return new ProxyAddress.Unix(new String(path, 0, end, StandardCharsets.ISO_8859_1));
    }

    private List<Extension> extensions(ByteBuffer whole) {
        var found = new ArrayList<Extension>();
        boolean checked = false;
        for (int count = 1; whole.hasRemaining(); count++) {
            if (count > limits.extensionsMax()) {
                throw violation("there are more extensions than extensionsMax = " + limits.extensionsMax());
            }
            if (whole.remaining() < EXTENSION_HEAD_BYTES) {
                throw violation("the last extension has no whole head");
            }
            int type = whole.get() & 0xFF;
            int length = whole.getShort() & 0xFFFF;
            if (length > whole.remaining()) {
                throw violation("extension 0x%02x of %d bytes goes beyond the header".formatted(type, length));
            }
            int at = whole.position();
            whole.position(at + length);
            if (type == Extension.CRC32C) {
                if (checked) {
                    throw violation("there are two checksums");
                }
                checked = true;
                check(whole, at, length);
            } else {
                found.add(new Extension(type, Ascii.text(whole.slice(at, length))));
            }
        }
        return found;
    }

    /// The checksum is that of the header with zeros in its own place (§2.2.3).
    private static void check(ByteBuffer whole, int at, int length) {
        if (length != Integer.BYTES) {
            throw violation("checksum has " + length + " bytes, not 4");
        }
        var sum = new CRC32C();
        sum.update(whole.slice(0, at));
        sum.update(new byte[Integer.BYTES]);
        int behind = at + Integer.BYTES;
        sum.update(whole.slice(behind, whole.limit() - behind));
        if ((int) sum.getValue() != whole.getInt(at)) {
            throw violation("checksum is 0x%08x, that of the header is 0x%08x"
                    .formatted(whole.getInt(at), (int) sum.getValue()));
        }
    }

    private static PeerViolation violation(String what) {
        return new PeerViolation(what, SOURCE);
    }

    // Writing

    static void write(ProxyHeader header, ByteSink sink) {
        int family = switch (header.source()) {
            case null -> UNSPECIFIED;
            case ProxyAddress.V4 _ -> STREAM_4;
            case ProxyAddress.V6 _ -> STREAM_6;
            case ProxyAddress.Unix _ -> STREAM_UNIX;
        };
        int length = addressBytes(family) + EXTENSION_HEAD_BYTES + Integer.BYTES;
        for (Extension extension : header.extensions()) {
            length += EXTENSION_HEAD_BYTES + extension.value().length();
        }
        if (length > 0xFFFF) {
            throw new IllegalArgumentException("a PROXY header of " + length + " bytes cannot say its length");
        }
        ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + length);
        bytes.put(SIGNATURE);
        bytes.put((byte) (header.local() ? LOCAL : PROXY)).put((byte) family).putShort((short) length);
        putAddresses(header, bytes);
        for (Extension extension : header.extensions()) {
            putExtension(extension.type(), extension.value().getBytes(StandardCharsets.ISO_8859_1), bytes);
        }
        putChecksum(bytes);
        sink.write(bytes.flip());
    }

    private static void putExtension(int type, byte[] value, ByteBuffer bytes) {
        bytes.put((byte) type).putShort((short) value.length).put(value);
    }

    /// The last extension: the sum of the whole header, with zeros in its own place.
    private static void putChecksum(ByteBuffer bytes) {
        putExtension(Extension.CRC32C, new byte[Integer.BYTES], bytes);
        var sum = new CRC32C();
        sum.update(bytes.duplicate().flip());
        bytes.putInt(bytes.position() - Integer.BYTES, (int) sum.getValue());
    }

    private static void putAddresses(ProxyHeader header, ByteBuffer bytes) {
        ProxyAddress source = header.source();
        ProxyAddress destination = header.destination();
        if (source instanceof ProxyAddress.V4 from && destination instanceof ProxyAddress.V4 to) {
            bytes.putInt(from.bits()).putInt(to.bits());
            bytes.putShort((short) from.port()).putShort((short) to.port());
        } else if (source instanceof ProxyAddress.V6 from && destination instanceof ProxyAddress.V6 to) {
            bytes.putLong(from.high()).putLong(from.low()).putLong(to.high()).putLong(to.low());
            bytes.putShort((short) from.port()).putShort((short) to.port());
        } else if (source instanceof ProxyAddress.Unix from && destination instanceof ProxyAddress.Unix to) {
            putPath(from, bytes);
            putPath(to, bytes);
        }
    }

    private static void putPath(ProxyAddress.Unix socket, ByteBuffer bytes) {
        byte[] path = new byte[ProxyAddress.Unix.PATH_MAX_BYTES];
        byte[] text = socket.path().getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(text, 0, path, 0, text.length);
        bytes.put(path);
    }
}
