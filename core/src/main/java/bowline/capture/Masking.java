package bowline.capture;

import java.util.Set;

/// What of a connection is secret, and is not kept: a [Mask] for each direction, fresh for each connection, so that
/// it can follow the stream however it is cut. Lengths stay as they are; what was masked is known as such in the file,
/// and a replay compares nothing there.
///
///     CaptureOptions.USUAL.masking(Masking.http().and(Masking.headers("x-api-key")))
///
/// For several reactors at once: [#received] and [#written] are called from any of them.
public interface Masking {
    /// What stands in a secret's place.
    byte COVER = '*';

    /// Nothing is secret.
    Masking NOTHING = () -> bytes -> {};

    /// Covers secrets in one direction of one connection.
    @FunctionalInterface
    interface Mask {
        /// Writes [#COVER] over what is secret in `bytes`, which follow those of the last call.
        void cover(byte[] bytes);
    }

    /// A mask for what a connection receives.
    Mask received();

    /// A mask for what it sends; the same kind unless told otherwise.
    default Mask written() {
        return received();
    }

    /// This and `other`.
    default Masking and(Masking other) {
        return new Masking() {
            @Override
            public Mask received() {
                return both(Masking.this.received(), other.received());
            }

            @Override
            public Mask written() {
                return both(Masking.this.written(), other.written());
            }
        };
    }

    private static Mask both(Mask one, Mask other) {
        return bytes -> {
            byte[] original = bytes.clone();
            one.cover(bytes);
            other.cover(original);
            for (int i = 0; i < bytes.length; i++) {
                if (original[i] == COVER) {
                    bytes[i] = COVER;
                }
            }
        };
    }

    /// The values of the headers in which HTTP has secrets: `Authorization`, `Proxy-Authorization`, `Cookie` and
    /// `Set-Cookie` (RFC 9110, sections 11.6.2 and 11.7.2; RFC 6265). What a URL or a body has is not masked.
    static Masking http() {
        return headers("authorization", "proxy-authorization", "cookie", "set-cookie");
    }

    /// The values of lines that begin with one of these names, in any case, and a colon.
    static Masking headers(String... names) {
        Set<String> secret = HeaderMask.lowerCase(names);
        return () -> new HeaderMask(secret);
    }

    /// The password with which a client logs in to a SOCKS server (RFC 1929).
    static Masking socks() {
        return SocksMask::new;
    }
}
