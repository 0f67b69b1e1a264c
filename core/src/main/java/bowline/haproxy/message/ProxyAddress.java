package bowline.haproxy.message;

/// An address in a PROXY header.
public sealed interface ProxyAddress {

    /// An address of IPv4.
    ///
    /// @param bits its four octets, the first one highest
    record V4(int bits, int port) implements ProxyAddress {
        /// In dotted decimal form.
        public String host() {
            return IpText.text(this);
        }
    }

    /// An address of IPv6.
    ///
    /// @param high its first eight octets
    /// @param low its last eight octets
    record V6(long high, long low, int port) implements ProxyAddress {
        /// In the form of RFC 5952.
        public String host() {
            return IpText.text(this);
        }
    }

    /// A socket in the file system.
    ///
    /// @param path one character a byte; empty for an unnamed one
    record Unix(String path) implements ProxyAddress {

        /// Most bytes of a path.
        public static final int PATH_MAX_BYTES = 108;

        /// Checks the path.
        public Unix {
            if (path.length() > PATH_MAX_BYTES || !path.chars().allMatch(c -> c > 0 && c <= 0xFF)) {
                throw new IllegalArgumentException("a socket's path of " + path.length() + " characters is longer than "
                        + PATH_MAX_BYTES + " bytes, or has some that are no bytes");
            }
        }
    }
}
