package bowline.haproxy.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a proxy says of a connection before its first byte.
///
/// @param version 1 (text) or 2 (binary)
/// @param local whether the proxy talks for itself, as for a health check (`LOCAL`, version 2)
/// @param source where the connection comes from; null when that is not told
/// @param destination where it was meant to go; null exactly when the source is
/// @param extensions what else is said (version 2), in order, the checksum left out
public record ProxyHeader(
        int version,
        boolean local,
        @Nullable ProxyAddress source,
        @Nullable ProxyAddress destination,
        List<Extension> extensions) {

    /// Checks what can be said together.
    public ProxyHeader {
        if (version != 1 && version != 2) {
            throw new IllegalArgumentException("there is no version " + version + " of the PROXY protocol");
        }
        if ((source == null ? null : source.getClass()) != (destination == null ? null : destination.getClass())) {
            throw new IllegalArgumentException(
                    "source " + source + " and destination " + destination + " are not addresses of one family");
        }
        if (local && source != null) {
            throw new IllegalArgumentException("a proxy that talks for itself names no addresses");
        }
        if (version == 1 && (local || source instanceof ProxyAddress.Unix || !extensions.isEmpty())) {
            throw new IllegalArgumentException(
                    "version 1 has no word for a proxy's own connections, sockets of the file system and extensions");
        }
        extensions = List.copyOf(extensions);
        for (Extension extension : extensions) {
            if (extension.type == Extension.CRC32C) {
                throw new IllegalArgumentException("the checksum is not given: it is made when the header is written");
            }
        }
    }

    /// A header that names two addresses of one family.
    public static ProxyHeader of(int version, ProxyAddress source, ProxyAddress destination) {
        return new ProxyHeader(version, false, source, destination, List.of());
    }

    /// A header that names no addresses (`UNKNOWN`, `UNSPEC`).
    public static ProxyHeader unknown(int version) {
        return new ProxyHeader(version, false, null, null, List.of());
    }

    /// The value of the first extension of `type`, one character a byte; null if there is none.
    public @Nullable String extension(int type) {
        for (Extension extension : extensions) {
            if (extension.type == type) {
                return extension.value;
            }
        }
        return null;
    }

    /// One type-length-value of version 2, known or not.
    ///
    /// @param type 0 to 255, as in [#AUTHORITY]
    /// @param value one character a byte
    public record Extension(int type, String value) {

        /// The protocol above, as agreed by ALPN.
        public static final int ALPN = 0x01;

        /// The name that the client asked for.
        public static final int AUTHORITY = 0x02;

        /// A checksum of the header: the writer adds it, the reader checks it and leaves it out.
        public static final int CRC32C = 0x03;

        /// Filling without a meaning.
        public static final int NOOP = 0x04;

        /// What the proxy calls the connection.
        public static final int UNIQUE_ID = 0x05;

        /// What is known of the TLS in front.
        public static final int SSL = 0x20;

        /// The name space of the network that it came in by.
        public static final int NETNS = 0x30;

        private static final int LENGTH_MAX = 0xFFFF;

        /// Checks type and length.
        public Extension {
            if (type < 0 || type > 0xFF || value.length() > LENGTH_MAX) {
                throw new IllegalArgumentException("an extension of type " + type + " and " + value.length()
                        + " bytes is not within 255 and " + LENGTH_MAX);
            }
            if (!value.chars().allMatch(c -> c <= 0xFF)) {
                throw new IllegalArgumentException(
                        "the value of extension " + type + " has characters that are no bytes");
            }
        }
    }
}
