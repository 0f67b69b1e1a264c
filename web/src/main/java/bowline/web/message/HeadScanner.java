package bowline.web.message;

import bowline.machine.PeerViolation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Finds the parts of a head in lent bytes (RFC 9112 §3 to §5), strictly. Everything is in places relative to the
/// head's first byte; not one byte is copied before the blank line has come, and then all of them once.
///
/// A head that is not whole stays unread and is shown again; [#scan] goes on exactly where it stopped, in the
/// middle of a line too, so that each byte is looked at once however slowly it comes (G7). One algorithm, and therefore
/// one file; what it finds wrong is put into words by [HeadFaults].
///
///     BEFORE → METHOD → TARGET → VERSION ┐                            (requests)
///     BEFORE → STATUS → REASON ──────────┼→ LINE_LF → NAME ⇄ … VALUE_LF → END_LF → WHOLE
///     BEFORE (trailers) ─────────────────────────────┘
public final class HeadScanner {

    private enum Kind {
        REQUEST,
        RESPONSE,
        TRAILERS
    }

    private enum Phase {
        BEFORE,
        METHOD,
        TARGET,
        VERSION,
        STATUS,
        REASON,
        LINE_LF,
        NAME,
        SPACE,
        VALUE,
        VALUE_LF,
        END_LF,
        WHOLE
    }

    private static final String[] METHODS = {
        "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE"
    };
    private static final byte[] VERSION_START = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION_BYTES = VERSION_START.length + 1;
    private static final int STATUS_BYTES = VERSION_BYTES + 4;

    private final Kind kind;
    private final HeadLimits limits;

    private Phase phase = Phase.BEFORE;
    private boolean emptyLineSkipped;
    private int base;
    private int scanned;
    private int mark;
    private int methodEnd;
    /// Where the text in the middle of the first line ends: the target, or the reason phrase.
    private int textEnd;
    private int status;
    private HttpVersion version = HttpVersion.HTTP_1_1;
    private int fieldsStart;
    private int nameEnd;
    private int[] places = new int[2 * 16];
    private int count;
    private long lookedAt;

    private HeadScanner(Kind kind, HeadLimits limits) {
        this.kind = kind;
        this.limits = limits;
    }

    /// A scanner of requests' heads.
    public static HeadScanner requests(HeadLimits limits) {
        return new HeadScanner(Kind.REQUEST, limits);
    }

    /// A scanner of responses' heads.
    public static HeadScanner responses(HeadLimits limits) {
        return new HeadScanner(Kind.RESPONSE, limits);
    }

    /// A scanner of trailers: fields and a blank line.
    public static HeadScanner trailers(HeadLimits limits) {
        return new HeadScanner(Kind.TRAILERS, limits);
    }

    /// Goes on looking. Takes nothing from `unread`, but for an empty line in front of a request.
    ///
    /// @return whether the head is whole: then [#take] it
    /// @throws PeerViolation if this cannot become a head, or is larger than the limits
    public boolean scan(ByteBuffer unread) {
        if (phase == Phase.WHOLE) {
            reset();
        }
        if (phase == Phase.BEFORE && !begin(unread)) {
            return false;
        }
        base = unread.position();
        int limit = Math.min(unread.limit(), base + limits.headMaxBytes());
        int stopped = scanFields(unread, scanStartLine(unread, base + scanned, limit), limit);
        lookedAt += stopped - base - scanned;
        scanned = stopped - base;
        if (phase == Phase.WHOLE) {
            return true;
        }
        if (scanned >= limits.headMaxBytes()) {
            throw HeadFaults.tooLarge(limits);
        }
        return false;
    }

    /// Whether some bytes of a head have come and others have not.
    public boolean inside() {
        return phase != Phase.BEFORE && phase != Phase.WHOLE;
    }

    /// Whether no byte of a head has come, not even an empty line in front of one: what comes next is scanned
    /// as by a new scanner.
    public boolean idle() {
        return !inside() && !emptyLineSkipped;
    }

    /// How many bytes were looked at in all: proves that the cost is linear.
    long lookedAt() {
        return lookedAt;
    }

    private void reset() {
        phase = Phase.BEFORE;
        scanned = 0;
        count = 0;
        mark = 0;
    }

    /// Skips one empty line in front of a request (RFC 9112 §2.2), and begins.
    private boolean begin(ByteBuffer unread) {
        if (kind == Kind.REQUEST
                && unread.hasRemaining()
                && unread.get(unread.position()) == '\r'
                && !emptyLineSkipped) {
            if (unread.remaining() < 2) {
                return false;
            }
            if (unread.get(unread.position() + 1) != '\n') {
                throw HeadFaults.bad("CR without LF in front of a request line", "RFC 9112 §2.2");
            }
            unread.position(unread.position() + 2);
            emptyLineSkipped = true;
        }
        if (!unread.hasRemaining()) {
            return false;
        }
        emptyLineSkipped = false;
        phase = switch (kind) {
            case REQUEST -> Phase.METHOD;
            case RESPONSE -> Phase.STATUS;
            case TRAILERS -> Phase.NAME;
        };
        fieldsStart = 0;
        return true;
    }

    // The first line

    private int scanStartLine(ByteBuffer bytes, int from, int limit) {
        int at = from;
        if (phase == Phase.METHOD) {
            at = scanMethod(bytes, at, limit);
        }
        if (phase == Phase.TARGET) {
            at = scanTarget(bytes, at, limit);
        }
        if (phase == Phase.VERSION) {
            at = scanVersion(bytes, at, limit);
        }
        if (phase == Phase.STATUS) {
            at = scanStatus(bytes, at, limit);
        }
        if (phase == Phase.REASON) {
            at = scanReason(bytes, at, limit);
        }
        if (phase == Phase.LINE_LF && at < limit) {
            expectLineFeed(bytes, at);
            at++;
            fieldsStart = at - base;
            beginLine(at);
        }
        return at;
    }

    private int scanMethod(ByteBuffer bytes, int from, int limit) {
        int at = scanToken(bytes, from, limit);
        if (at - base > limits.methodMaxBytes()) {
            throw HeadFaults.longMethod(bytes, base, at, limits);
        }
        if (at == limit) {
            return at;
        }
        if (bytes.get(at) != ' ' || at == base) {
            throw HeadFaults.noMethod(bytes, base, at + 1);
        }
        methodEnd = at - base;
        phase = Phase.TARGET;
        return at + 1;
    }

    private int scanTarget(ByteBuffer bytes, int from, int limit) {
        int start = base + methodEnd + 1;
        int at = scanKind(bytes, from, limit, Alphabet.TARGET);
        if (at - start > limits.targetMaxBytes()) {
            throw HeadFaults.longTarget(bytes, start, at, limits);
        }
        if (at == limit) {
            return at;
        }
        if (bytes.get(at) != ' ' || at == start) {
            throw HeadFaults.badTarget(bytes, start, at + 1);
        }
        textEnd = at - base;
        phase = Phase.VERSION;
        return at + 1;
    }

    private int scanVersion(ByteBuffer bytes, int at, int limit) {
        if (limit - at < VERSION_BYTES + 1) {
            return at;
        }
        readVersion(bytes, at);
        if (bytes.get(at + VERSION_BYTES) != '\r') {
            throw HeadFaults.badByte(
                    "place where the request line must end", bytes, base, at + VERSION_BYTES, "RFC 9112 §3");
        }
        phase = Phase.LINE_LF;
        return at + VERSION_BYTES + 1;
    }

    private void readVersion(ByteBuffer bytes, int at) {
        for (int i = 0; i < VERSION_START.length; i++) {
            if (bytes.get(at + i) != VERSION_START[i]) {
                throw HeadFaults.badVersion(bytes, at, at + VERSION_BYTES);
            }
        }
        version = switch (bytes.get(at + VERSION_START.length)) {
            case '1' -> HttpVersion.HTTP_1_1;
            case '0' -> HttpVersion.HTTP_1_0;
            default -> throw HeadFaults.badVersion(bytes, at, at + VERSION_BYTES);
        };
    }

    private int scanStatus(ByteBuffer bytes, int at, int limit) {
        if (limit - at < STATUS_BYTES + 1) {
            return at;
        }
        readVersion(bytes, at);
        status = 0;
        for (int i = at + VERSION_BYTES + 1; i < at + STATUS_BYTES; i++) {
            status = 10 * status + (Alphabet.is(bytes.get(i), Alphabet.DIGIT) ? bytes.get(i) - '0' : 1000);
        }
        byte behind = bytes.get(at + STATUS_BYTES);
        if (bytes.get(at + VERSION_BYTES) != ' ' || status < 100 || status > 599 || (behind != ' ' && behind != '\r')) {
            throw HeadFaults.badStatus(bytes, at, at + STATUS_BYTES + 1);
        }
        phase = Phase.REASON;
        // A missing space before an empty reason phrase is common and harmless.
        mark = at + STATUS_BYTES + (behind == ' ' ? 1 : 0) - base;
        return base + mark;
    }

    private int scanReason(ByteBuffer bytes, int from, int limit) {
        int at = scanValue(bytes, from, limit);
        if (at == limit) {
            return at;
        }
        if (bytes.get(at) != '\r') {
            throw HeadFaults.badByte("reason phrase", bytes, base, at, "RFC 9112 §4");
        }
        textEnd = at - base;
        phase = Phase.LINE_LF;
        return at + 1;
    }

    // The fields

    /// One field line after another; a line that stops in the middle is taken up there.
    private int scanFields(ByteBuffer bytes, int from, int limit) {
        int at = from;
        while (at < limit && phase != Phase.WHOLE) {
            if (phase == Phase.NAME) {
                at = scanName(bytes, at, limit);
            }
            if (phase == Phase.SPACE) {
                at = scanSpace(bytes, at, limit);
            }
            if (phase == Phase.VALUE) {
                at = scanFieldValue(bytes, at, limit);
            }
            if (phase == Phase.VALUE_LF && at < limit) {
                expectLineFeed(bytes, at);
                at++;
                beginLine(at);
            } else if (phase == Phase.END_LF && at < limit) {
                expectLineFeed(bytes, at);
                at++;
                phase = Phase.WHOLE;
            } else if (phase != Phase.NAME) {
                return at; // The first line is not whole, or the bytes are used up.
            }
        }
        return at;
    }

    private void beginLine(int at) {
        mark = at - base;
        phase = Phase.NAME;
    }

    private int scanName(ByteBuffer bytes, int from, int limit) {
        int at = scanToken(bytes, from, limit);
        if (at == limit) {
            return at;
        }
        int start = base + mark;
        byte stop = bytes.get(at);
        if (stop == ':' && at > start) {
            nameEnd = at - base;
            phase = Phase.SPACE;
            return at + 1;
        }
        if (stop == '\r' && at == start) {
            phase = Phase.END_LF;
            return at + 1;
        }
        throw HeadFaults.badName(bytes, base, start, at);
    }

    private int scanSpace(ByteBuffer bytes, int from, int limit) {
        int at = from;
        while (at < limit && isSpace(bytes.get(at))) {
            at++;
        }
        if (at < limit) {
            places = count < limits.fieldsMax() ? withRoom(places, count) : refuseMore();
            // The end is still to come.
            places[2 * count] = Headers.place(mark, nameEnd);
            mark = at - base;
            phase = Phase.VALUE;
        }
        return at;
    }

    private static int[] withRoom(int[] places, int count) {
        return 2 * count < places.length ? places : Arrays.copyOf(places, 2 * places.length);
    }

    private int[] refuseMore() {
        throw HeadFaults.tooManyFields(limits);
    }

    private int scanFieldValue(ByteBuffer bytes, int from, int limit) {
        int at = scanValue(bytes, from, limit);
        if (at == limit) {
            return at;
        }
        if (bytes.get(at) != '\r') {
            throw HeadFaults.badByte("value of a field", bytes, base, at, "RFC 9110 §5.5");
        }
        int end = at;
        while (end > base + mark && isSpace(bytes.get(end - 1))) {
            end--;
        }
        places[2 * count + 1] = Headers.place(mark, end - base);
        count++;
        phase = Phase.VALUE_LF;
        return at + 1;
    }

    // The loops over bytes, each the place for a faster one

    private static int scanToken(ByteBuffer bytes, int from, int limit) {
        return scanKind(bytes, from, limit, Alphabet.TOKEN);
    }

    private static int scanValue(ByteBuffer bytes, int from, int limit) {
        return scanKind(bytes, from, limit, Alphabet.VALUE);
    }

    private static int scanKind(ByteBuffer bytes, int from, int limit, int kind) {
        int at = from;
        while (at < limit && Alphabet.is(bytes.get(at), kind)) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }

    private void expectLineFeed(ByteBuffer bytes, int at) {
        if (bytes.get(at) != '\n') {
            throw HeadFaults.bad("CR without LF at byte " + (at - base) + " of the head", "RFC 9112 §2.2");
        }
    }

    // Taking it

    /// Takes the whole head from `unread` and copies it, once.
    public Headers take(ByteBuffer unread) {
        if (phase != Phase.WHOLE) {
            throw new IllegalStateException("the head is not whole yet: take() is for after scan() has answered true");
        }
        var head = new byte[scanned];
        unread.get(head);
        return new Headers(head, fieldsStart, scanned - 2, places, count);
    }

    /// Takes the same head again, if that is what stands in `unread`, byte for byte; takes nothing else.
    ///
    /// @param taken what [#take] gave for it
    public boolean takeAgain(Headers taken, ByteBuffer unread) {
        byte[] head = taken.bytes();
        if (!idle()
                || unread.remaining() < head.length
                || !unread.slice(unread.position(), head.length).equals(ByteBuffer.wrap(head))) {
            return false;
        }
        lookedAt += head.length;
        unread.position(unread.position() + head.length);
        return true;
    }

    /// The version of the head just taken.
    public HttpVersion version() {
        return version;
    }

    /// The status of the response's head just taken.
    public int status() {
        return status;
    }

    /// The request whose head was just taken.
    ///
    /// @param bodyLength what its fields were found to say
    public RequestHead request(Headers taken, long bodyLength) {
        return new RequestHead(method(taken.bytes()), methodEnd + 1, textEnd, version, taken, bodyLength);
    }

    private String method(byte[] head) {
        for (String known : METHODS) {
            if (isAt(head, methodEnd, known)) {
                return known;
            }
        }
        return new String(head, 0, methodEnd, StandardCharsets.US_ASCII);
    }

    private static boolean isAt(byte[] head, int end, String text) {
        if (end != text.length()) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            if (head[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The response whose head was just taken.
    ///
    /// @param bodyLength what its fields were found to say
    public ResponseHead response(Headers taken, long bodyLength) {
        int start = VERSION_BYTES + 4;
        int reasonStart = textEnd > start ? start + 1 : start;
        String reason = new String(taken.bytes(), reasonStart, textEnd - reasonStart, StandardCharsets.ISO_8859_1);
        return new ResponseHead(status, reason, version, taken, bodyLength);
    }
}
