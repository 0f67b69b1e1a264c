package bowline.web.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The field names that our own code asks for or that most messages carry. Each has a small number, so that a head
/// knows at once which of them it lacks; any other name is as welcome, as a String. At most 64, for a `long` has a
/// bit for each.
// Its arrays are never written; its numbers never leave memory.
@SuppressWarnings({"ImmutableEnumChecker", "EnumOrdinal"})
public enum HeaderName {
    /// `Host`.
    HOST("Host"),
    /// `Content-Length`.
    CONTENT_LENGTH("Content-Length"),
    /// `Transfer-Encoding`.
    TRANSFER_ENCODING("Transfer-Encoding"),
    /// `Connection`.
    CONNECTION("Connection"),
    /// `Expect`.
    EXPECT("Expect"),
    /// `Upgrade`.
    UPGRADE("Upgrade"),
    /// `TE`.
    TE("TE"),
    /// `Trailer`.
    TRAILER("Trailer"),
    /// `Keep-Alive`.
    KEEP_ALIVE("Keep-Alive"),
    /// `Content-Type`.
    CONTENT_TYPE("Content-Type"),
    /// `Content-Encoding`.
    CONTENT_ENCODING("Content-Encoding"),
    /// `Content-Range`.
    CONTENT_RANGE("Content-Range"),
    /// `Content-Disposition`.
    CONTENT_DISPOSITION("Content-Disposition"),
    /// `Content-Language`.
    CONTENT_LANGUAGE("Content-Language"),
    /// `Accept`.
    ACCEPT("Accept"),
    /// `Accept-Encoding`.
    ACCEPT_ENCODING("Accept-Encoding"),
    /// `Accept-Language`.
    ACCEPT_LANGUAGE("Accept-Language"),
    /// `Accept-Ranges`.
    ACCEPT_RANGES("Accept-Ranges"),
    /// `Age`.
    AGE("Age"),
    /// `Allow`.
    ALLOW("Allow"),
    /// `Authorization`.
    AUTHORIZATION("Authorization"),
    /// `Cache-Control`.
    CACHE_CONTROL("Cache-Control"),
    /// `Cookie`.
    COOKIE("Cookie"),
    /// `Date`.
    DATE("Date"),
    /// `ETag`.
    ETAG("ETag"),
    /// `Expires`.
    EXPIRES("Expires"),
    /// `Forwarded`.
    FORWARDED("Forwarded"),
    /// `If-Match`.
    IF_MATCH("If-Match"),
    /// `If-Modified-Since`.
    IF_MODIFIED_SINCE("If-Modified-Since"),
    /// `If-None-Match`.
    IF_NONE_MATCH("If-None-Match"),
    /// `If-Range`.
    IF_RANGE("If-Range"),
    /// `If-Unmodified-Since`.
    IF_UNMODIFIED_SINCE("If-Unmodified-Since"),
    /// `Last-Modified`.
    LAST_MODIFIED("Last-Modified"),
    /// `Link`.
    LINK("Link"),
    /// `Location`.
    LOCATION("Location"),
    /// `Origin`.
    ORIGIN("Origin"),
    /// `Pragma`.
    PRAGMA("Pragma"),
    /// `Proxy-Authenticate`.
    PROXY_AUTHENTICATE("Proxy-Authenticate"),
    /// `Proxy-Authorization`.
    PROXY_AUTHORIZATION("Proxy-Authorization"),
    /// `Range`.
    RANGE("Range"),
    /// `Referer`.
    REFERER("Referer"),
    /// `Retry-After`.
    RETRY_AFTER("Retry-After"),
    /// `Server`.
    SERVER("Server"),
    /// `Set-Cookie`.
    SET_COOKIE("Set-Cookie"),
    /// `Strict-Transport-Security`.
    STRICT_TRANSPORT_SECURITY("Strict-Transport-Security"),
    /// `User-Agent`.
    USER_AGENT("User-Agent"),
    /// `Vary`.
    VARY("Vary"),
    /// `Via`.
    VIA("Via"),
    /// `WWW-Authenticate`.
    WWW_AUTHENTICATE("WWW-Authenticate"),
    /// `X-Forwarded-For`.
    X_FORWARDED_FOR("X-Forwarded-For"),
    /// `X-Forwarded-Proto`.
    X_FORWARDED_PROTO("X-Forwarded-Proto"),
    /// `X-Forwarded-Host`.
    X_FORWARDED_HOST("X-Forwarded-Host"),
    /// `X-Content-Type-Options`.
    X_CONTENT_TYPE_OPTIONS("X-Content-Type-Options"),
    /// `X-Request-ID`.
    X_REQUEST_ID("X-Request-ID"),
    /// `Upgrade-Insecure-Requests`.
    UPGRADE_INSECURE_REQUESTS("Upgrade-Insecure-Requests"),
    /// `Sec-WebSocket-Key`.
    SEC_WEBSOCKET_KEY("Sec-WebSocket-Key"),
    /// `Sec-WebSocket-Version`.
    SEC_WEBSOCKET_VERSION("Sec-WebSocket-Version"),
    /// `Sec-WebSocket-Protocol`.
    SEC_WEBSOCKET_PROTOCOL("Sec-WebSocket-Protocol"),
    /// `Sec-WebSocket-Extensions`.
    SEC_WEBSOCKET_EXTENSIONS("Sec-WebSocket-Extensions"),
    /// `Sec-WebSocket-Accept`.
    SEC_WEBSOCKET_ACCEPT("Sec-WebSocket-Accept"),
    /// `Priority`.
    PRIORITY("Priority"),
    /// `Content-Security-Policy`.
    CONTENT_SECURITY_POLICY("Content-Security-Policy"),
    /// `Max-Forwards`.
    MAX_FORWARDS("Max-Forwards"),
    /// `Content-Location`.
    CONTENT_LOCATION("Content-Location");

    private static final int SLOTS = 256;
    private static final @Nullable HeaderName[] BY_HASH = byHash();

    private final String text;
    private final byte[] lower;
    private final byte[] prefix;

    HeaderName(String text) {
        this.text = text;
        this.lower = text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        this.prefix = (text + ": ").getBytes(StandardCharsets.US_ASCII);
    }

    /// The name as we write it, as in `Content-Type`.
    public String text() {
        return text;
    }

    /// The known name that `text` is, in whatever case; null if it is none of them.
    public static @Nullable HeaderName of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return find(bytes, 0, bytes.length);
    }

    int number() {
        return ordinal();
    }

    long bit() {
        return 1L << ordinal();
    }

    byte[] prefix() {
        return prefix;
    }

    /// The known name at a place in `bytes`: one probe of a table without collisions, then one comparison.
    static @Nullable HeaderName find(byte[] bytes, int start, int end) {
        if (start >= end) {
            return null;
        }
        HeaderName candidate = BY_HASH[hash(bytes, start, end)];
        return candidate != null && candidate.isAt(bytes, start, end) ? candidate : null;
    }

    private boolean isAt(byte[] bytes, int start, int end) {
        if (end - start != lower.length) {
            return false;
        }
        // Nearly everybody writes names as we do, and that is found out many bytes at a time.
        if (Arrays.equals(bytes, start, end, prefix, 0, lower.length)) {
            return true;
        }
        for (int i = 0; i < lower.length; i++) {
            if (Alphabet.fold(bytes[start + i]) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    /// The factors were found by search: with them no two names above share a slot.
    private static int hash(byte[] bytes, int start, int end) {
        int length = end - start;
        int mixed = length * 37
                + (bytes[start] | 0x20) * 22
                + (bytes[end - 1] | 0x20) * 57
                + (bytes[start + (length >> 1)] | 0x20) * 45;
        return mixed & (SLOTS - 1);
    }

    private static @Nullable HeaderName[] byHash() {
        var slots = new @Nullable HeaderName[SLOTS];
        for (HeaderName name : values()) {
            int slot = hash(name.lower, 0, name.lower.length);
            if (slots[slot] != null) {
                throw new AssertionError(
                        name + " and " + slots[slot] + " share a slot: choose other factors in hash()");
            }
            slots[slot] = name;
        }
        return slots;
    }
}
