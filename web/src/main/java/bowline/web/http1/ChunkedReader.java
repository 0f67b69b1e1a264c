package bowline.web.http1;

import bowline.machine.PeerViolation;
import bowline.web.message.HeadScanner;
import bowline.web.message.HeaderName;
import bowline.web.message.Headers;
import bowline.web.message.HttpEvent;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the chunked transfer coding (RFC 9112 §7.1). Pure: no socket, clock or thread.
///
/// Size lines are taken byte by byte, so nothing is ever read twice; only trailers stay unread until they are whole.
final class ChunkedReader {

    /// The most digits a size may have, leading zeros included (H1-3).
    static final int SIZE_MAX_DIGITS = 16;

    /// What must not be in trailers, for it says how to frame, route or trust the message, which was decided
    /// long before (RFC 9110 §6.5.1). Dropped when received, refused when sent.
    static final Set<HeaderName> NOT_IN_TRAILERS = EnumSet.of(
            HeaderName.TRANSFER_ENCODING,
            HeaderName.CONTENT_LENGTH,
            HeaderName.HOST,
            HeaderName.CONNECTION,
            HeaderName.TRAILER,
            HeaderName.TE,
            HeaderName.UPGRADE,
            HeaderName.EXPECT,
            HeaderName.KEEP_ALIVE,
            HeaderName.AUTHORIZATION,
            HeaderName.PROXY_AUTHORIZATION,
            HeaderName.PROXY_AUTHENTICATE,
            HeaderName.WWW_AUTHENTICATE,
            HeaderName.COOKIE,
            HeaderName.SET_COOKIE,
            HeaderName.CONTENT_TYPE,
            HeaderName.CONTENT_ENCODING,
            HeaderName.CONTENT_RANGE,
            HeaderName.CACHE_CONTROL,
            HeaderName.RANGE,
            HeaderName.IF_MATCH,
            HeaderName.IF_NONE_MATCH,
            HeaderName.IF_MODIFIED_SINCE,
            HeaderName.IF_UNMODIFIED_SINCE,
            HeaderName.IF_RANGE,
            HeaderName.LOCATION,
            HeaderName.RETRY_AFTER,
            HeaderName.VARY,
            HeaderName.MAX_FORWARDS,
            HeaderName.DATE,
            HeaderName.AGE,
            HeaderName.EXPIRES,
            HeaderName.PRAGMA,
            HeaderName.FORWARDED,
            HeaderName.X_FORWARDED_FOR,
            HeaderName.X_FORWARDED_HOST,
            HeaderName.X_FORWARDED_PROTO);

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS,
        DONE
    }

    private final Http1Limits limits;
    private final HeadScanner trailers;
    private final ChunkExtensions extensions = new ChunkExtensions();

    private State state = State.DONE;
    private int digits;
    private long chunkRemaining;
    private long bodyBytes;
    private int extensionBytes;

    ChunkedReader(Http1Limits limits) {
        this.limits = limits;
        this.trailers = HeadScanner.trailers(limits.head().headMaxBytes(limits.trailersMaxBytes()));
    }

    /// Begins the body of another message.
    void begin() {
        bodyBytes = 0;
        extensionBytes = 0;
        beginChunk();
    }

    private void beginChunk() {
        state = State.SIZE;
        digits = 0;
        chunkRemaining = 0;
    }

    /// The next event, or null when the bytes so far end inside a chunk's framing.
    @Nullable
    HttpEvent next(ByteBuffer unread) {
        while (unread.hasRemaining()) {
            switch (state) {
                case SIZE -> readSize(unread);
                case EXTENSION -> readExtension(unread);
                case SIZE_LF -> {
                    expect(unread, '\n', "behind a chunk's size line");
                    endSizeLine();
                }
                case DATA -> {
                    return readData(unread);
                }
                case DATA_CR -> {
                    expect(unread, '\r', "behind a chunk's data");
                    state = State.DATA_LF;
                }
                case DATA_LF -> {
                    expect(unread, '\n', "behind a chunk's data");
                    beginChunk();
                }
                case TRAILERS -> {
                    return readTrailers(unread);
                }
                case DONE -> throw new IllegalStateException("the chunked body has ended; begin() the next one");
            }
        }
        return null;
    }

    private void readSize(ByteBuffer unread) {
        while (unread.hasRemaining()) {
            byte b = unread.get();
            int digit = Character.digit(b, 16);
            if (digit < 0) {
                endSize(b);
                return;
            }
            if (++digits > SIZE_MAX_DIGITS || chunkRemaining > Long.MAX_VALUE >> 4) {
                throw bad(
                        "chunk size has more than " + SIZE_MAX_DIGITS + " hexadecimal digits or is above 2^63-1",
                        "RFC 9112 §7.1");
            }
            chunkRemaining = chunkRemaining << 4 | digit;
        }
    }

    private void endSize(byte b) {
        if (digits == 0) {
            throw bad(
                    "chunk size begins with byte 0x%02x, not with a hexadecimal digit".formatted(b & 0xFF),
                    "RFC 9112 §7.1");
        }
        state = State.EXTENSION;
        extensions.begin();
        takeExtension(b);
    }

    private void readExtension(ByteBuffer unread) {
        while (unread.hasRemaining() && state == State.EXTENSION) {
            takeExtension(unread.get());
        }
    }

    private void takeExtension(byte b) {
        if (extensions.take(b)) {
            state = State.SIZE_LF;
            return;
        }
        if (++extensionBytes > limits.chunkExtensionsMaxBytes()) {
            throw bad(
                    "chunk extensions come to more than chunkExtensionsMaxBytes, " + limits.chunkExtensionsMaxBytes(),
                    "RFC 9112 §7.1.1");
        }
    }

    private void endSizeLine() {
        if (chunkRemaining == 0) {
            state = State.TRAILERS;
            return;
        }
        if (chunkRemaining > limits.bodyMaxBytes() - bodyBytes) {
            throw new PeerViolation(
                    "chunked body is larger than bodyMaxBytes, " + limits.bodyMaxBytes(),
                    "HTTP/1.1 body, RFC 9110 §15.5.14",
                    "413 Content Too Large");
        }
        bodyBytes += chunkRemaining;
        state = State.DATA;
    }

    /// Passes data on as it comes: to wait for the whole chunk would let the peer choose how much memory we hold.
    private HttpEvent readData(ByteBuffer unread) {
        int length = (int) Math.min(unread.remaining(), chunkRemaining);
        ByteBuffer piece = unread.slice(unread.position(), length);
        unread.position(unread.position() + length);
        chunkRemaining -= length;
        if (chunkRemaining == 0) {
            state = State.DATA_CR;
        }
        return new HttpEvent.Body(piece);
    }

    private @Nullable HttpEvent readTrailers(ByteBuffer unread) {
        if (!trailers.scan(unread)) {
            return null;
        }
        state = State.DONE;
        Headers taken = trailers.take(unread);
        return taken.size() == 0 ? HttpEvent.End.PLAIN : new HttpEvent.End(allowed(taken));
    }

    private static Headers allowed(Headers received) {
        Headers allowed = received;
        for (HeaderName name : NOT_IN_TRAILERS) {
            allowed = allowed.without(name);
        }
        return allowed;
    }

    private static void expect(ByteBuffer unread, char wanted, String where) {
        byte b = unread.get();
        if (b != wanted) {
            throw bad(
                    "byte 0x%02x in place of %s %s".formatted(b & 0xFF, wanted == '\r' ? "CR" : "LF", where),
                    "RFC 9112 §7.1");
        }
    }

    private static PeerViolation bad(String what, String source) {
        return new PeerViolation(what, "HTTP/1.1 body, " + source, "400 Bad Request");
    }
}
