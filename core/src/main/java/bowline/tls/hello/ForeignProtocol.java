package bowline.tls.hello;

import bowline.machine.PeerViolation;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What else clients begin with: told by name, because people who see it in a log have mixed up two ports.
final class ForeignProtocol {
    private static final int LOWEST_TYPE = 20;
    private static final int HIGHEST_TYPE = 24;
    private static final String SOURCE = "TLS records, RFC 8446 §5.1";
    private static final String WHAT_TO_DO = "; this port takes TLS only";

    private enum Fit {
        YES,
        NO,
        NOT_YET
    }

    private record Known(String start, String name) {

        /// Whether the connection begins with this, as far as it has come.
        Fit fit(ByteBuffer unread) {
            int seen = Math.min(unread.remaining(), start.length());
            for (int i = 0; i < seen; i++) {
                if (unread.get(unread.position() + i) != start.charAt(i)) {
                    return Fit.NO;
                }
            }
            return seen == start.length() ? Fit.YES : Fit.NOT_YET;
        }
    }

    private static final String HTTP = "plain HTTP: the address should begin with https:";
    private static final List<Known> KNOWN = List.of(
            new Known("GET ", HTTP),
            new Known("HEAD ", HTTP),
            new Known("POST ", HTTP),
            new Known("PUT ", HTTP),
            new Known("DELETE ", HTTP),
            new Known("OPTIONS ", HTTP),
            new Known("PATCH ", HTTP),
            new Known("TRACE ", HTTP),
            new Known("CONNECT ", HTTP),
            new Known("PRI * HTTP/2.0", "HTTP/2 in clear: the address should begin with https:"),
            new Known("SSH-", "SSH"),
            new Known("PROXY ", "a PROXY header: name haproxy: before the endpoint if a proxy stands in front"),
            new Known(
                    "\r\n\r\n\0\r\nQUIT\n",
                    "a PROXY header: name haproxy: before the endpoint if a proxy stands in front"),
            new Known("EHLO ", "SMTP in clear"),
            new Known("HELO ", "SMTP in clear"));

    private ForeignProtocol() {}

    /// Whether the connection can begin with a TLS record, as far as its first byte tells; false when it cannot
    /// but more bytes are needed to tell what it is.
    ///
    /// @param unread one byte at least
    /// @throws PeerViolation if it is something else
    static boolean ruledOut(ByteBuffer unread) {
        int first = unread.get(unread.position()) & 0xFF;
        if (first >= LOWEST_TYPE && first <= HIGHEST_TYPE) {
            return true;
        }
        if (first >= 0x80) {
            return oldHello(unread);
        }
        boolean undecided = false;
        for (Known known : KNOWN) {
            Fit fit = known.fit(unread);
            if (fit == Fit.YES) {
                throw foreign("the client speaks " + known.name(), null);
            }
            undecided |= fit == Fit.NOT_YET;
        }
        if (undecided) {
            return false;
        }
        throw unknown(first);
    }

    /// SSL 2 has a length of two bytes with the top bit set, then the type 1 for its ClientHello (RFC 6101 appendix
    /// E).
    private static boolean oldHello(ByteBuffer unread) {
        if (unread.remaining() <= 2) {
            return false;
        }
        if (unread.get(unread.position() + 2) == 1) {
            throw foreign("the client begins as SSL 2 did, which nobody may speak (RFC 6176)", "protocol_version");
        }
        throw unknown(unread.get(unread.position()) & 0xFF);
    }

    private static PeerViolation unknown(int first) {
        String shown = first > ' ' && first < 0x7F ? "\"" + (char) first + "\"" : "0x%02x".formatted(first);
        return foreign("the client begins with " + shown + ", not with a TLS record", null);
    }

    private static PeerViolation foreign(String what, @Nullable String alert) {
        return new PeerViolation(what + WHAT_TO_DO, SOURCE, alert);
    }
}
