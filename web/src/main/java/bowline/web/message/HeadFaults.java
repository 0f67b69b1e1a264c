package bowline.web.message;

import bowline.machine.PeerViolation;
import java.nio.ByteBuffer;

/// What can be wrong with a head, in words: what was found and where, what rule it breaks, and the status to answer
/// it with. Whatever the peer sent is shown [Quoted].
final class HeadFaults {

    private HeadFaults() {}

    // The first line. Places are those of the buffer, up to the byte that is wrong.

    static PeerViolation noMethod(ByteBuffer bytes, int from, int to) {
        return bad(
                "request line does not begin with a method and one space: \"" + Quoted.of(bytes, from, to) + "\"",
                "RFC 9112 §3");
    }

    static PeerViolation longMethod(ByteBuffer bytes, int from, int to, HeadLimits limits) {
        return new PeerViolation(
                "method \"" + Quoted.of(bytes, from, to) + "\" is longer than methodMaxBytes, "
                        + limits.methodMaxBytes(),
                "HTTP/1.1 request line, RFC 9112 §3",
                "501 Not Implemented");
    }

    static PeerViolation badTarget(ByteBuffer bytes, int from, int to) {
        return bad(
                "request target \"" + Quoted.of(bytes, from, to)
                        + "\" is empty, or has a byte that must be percent-encoded, or no version behind it",
                "RFC 9112 §3");
    }

    static PeerViolation longTarget(ByteBuffer bytes, int from, int to, HeadLimits limits) {
        return new PeerViolation(
                "request target \"" + Quoted.of(bytes, from, to) + "\" is longer than targetMaxBytes, "
                        + limits.targetMaxBytes(),
                "HTTP/1.1 request line, RFC 9112 §3",
                "414 URI Too Long");
    }

    /// A version of HTTP that is not ours is another fault than no version.
    static PeerViolation badVersion(ByteBuffer bytes, int from, int to) {
        String given = "version \"" + Quoted.of(bytes, from, to) + "\" is not HTTP/1.1 or HTTP/1.0";
        boolean another = bytes.get(from) == 'H'
                && bytes.get(from + 4) == '/'
                && Alphabet.is(bytes.get(from + 5), Alphabet.DIGIT)
                && bytes.get(from + 6) == '.';
        return another
                ? new PeerViolation(given, "HTTP/1.1 first line, RFC 9112 §2.3", "505 HTTP Version Not Supported")
                : bad(given, "RFC 9112 §2.3");
    }

    static PeerViolation badStatus(ByteBuffer bytes, int from, int to) {
        return bad(
                "status line \"" + Quoted.of(bytes, from, to) + "\" has no status code of 100 to 599", "RFC 9112 §4");
    }

    // The fields. `base` is where the head begins in the buffer.

    /// @param start where the name begins
    /// @param at the byte that cannot be in it
    static PeerViolation badName(ByteBuffer bytes, int base, int start, int at) {
        byte stop = bytes.get(at);
        boolean space = stop == ' ' || stop == '\t';
        if (at == start && space) {
            return bad("field line begins with a space: obsolete line folding", "RFC 9112 §5.2");
        }
        if (at == start && stop == ':') {
            return bad("field name is empty", "RFC 9112 §5.1");
        }
        if (space) {
            return bad("space between field name \"" + Quoted.of(bytes, start, at) + "\" and colon", "RFC 9112 §5.1");
        }
        return badByte("field name", bytes, base, at, "RFC 9112 §5.1");
    }

    static PeerViolation tooManyFields(HeadLimits limits) {
        return new PeerViolation(
                "more than fieldsMax, " + limits.fieldsMax() + ", fields",
                "HTTP/1.1 head, RFC 9110 §5.4",
                "431 Request Header Fields Too Large");
    }

    // Anywhere

    static PeerViolation tooLarge(HeadLimits limits) {
        return new PeerViolation(
                "head is larger than headMaxBytes, " + limits.headMaxBytes(),
                "HTTP/1.1 head, RFC 9110 §5.4",
                "431 Request Header Fields Too Large");
    }

    static PeerViolation badByte(String where, ByteBuffer bytes, int base, int at, String source) {
        String what = bytes.get(at) == '\n' ? "LF without CR" : "byte \"" + Quoted.of(bytes, at, at + 1) + "\"";
        return bad(what + " in a " + where + ", at byte " + (at - base) + " of the head", source);
    }

    static PeerViolation bad(String what, String source) {
        return new PeerViolation(what, "HTTP/1.1 head, " + source, "400 Bad Request");
    }
}
