package bowline.web.message;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The start of a request: all of it but the body (RFC 9110 §6.2). Immutable; may be kept.
public final class RequestHead implements HttpEvent {
    private final String method;
    private final HttpVersion version;
    private final Headers headers;
    private final long bodyLength;
    private final int targetStart;
    private final int targetEnd;
    private @Nullable String target;

    /// A request for HTTP/1.1 to send. A `Content-Length` among the headers says how long its body is.
    ///
    /// @throws IllegalArgumentException if the method is no token or the target cannot be one
    public RequestHead(String method, String target, Headers headers) {
        this(
                method,
                target,
                headers,
                headers.has(HeaderName.CONTENT_LENGTH) ? headers.number(HeaderName.CONTENT_LENGTH) : BodyLength.NONE);
    }

    /// A request for HTTP/1.1 to send, with a body.
    ///
    /// @param bodyLength in bytes, or one of [BodyLength]
    /// @throws IllegalArgumentException if the method is no token or the target cannot be one
    public RequestHead(String method, String target, Headers headers, long bodyLength) {
        if (!Alphabet.isToken(method)) {
            throw new IllegalArgumentException("method \"" + Quoted.of(method) + "\" is not a token (RFC 9110 §9.1)");
        }
        if (target.isEmpty() || !Alphabet.all(target, Alphabet.TARGET)) {
            throw new IllegalArgumentException("target \"" + Quoted.of(target)
                    + "\" is empty or has characters that must be percent-encoded (RFC 9112 §3.2)");
        }
        this.method = method;
        this.target = target;
        this.version = HttpVersion.HTTP_1_1;
        this.headers = Objects.requireNonNull(headers);
        this.bodyLength = BodyLength.check(bodyLength);
        this.targetStart = 0;
        this.targetEnd = 0;
    }

    /// A scanned one; the target is in the bytes of the headers.
    RequestHead(String method, int targetStart, int targetEnd, HttpVersion version, Headers headers, long bodyLength) {
        this.method = method;
        this.version = version;
        this.headers = headers;
        this.bodyLength = bodyLength;
        this.targetStart = targetStart;
        this.targetEnd = targetEnd;
    }

    /// The method, as in `GET`; case matters.
    public String method() {
        return method;
    }

    /// The target as it stands in the first line, still percent-encoded.
    public String target() {
        String made = target;
        if (made == null) {
            made = new String(headers.bytes(), targetStart, targetEnd - targetStart, StandardCharsets.ISO_8859_1);
            target = made;
        }
        return made;
    }

    /// The path, still percent-encoded: the target without authority and query; empty for `*` and for CONNECT.
    public String path() {
        int from = pathStart();
        int query = target().indexOf('?', from);
        String path = target().substring(from, query < 0 ? target().length() : query);
        return path.isEmpty() && isAbsolute() ? "/" : path;
    }

    /// What follows the first `?` of the target, or null.
    public @Nullable String query() {
        int query = target().indexOf('?');
        return query < 0 ? null : target().substring(query + 1);
    }

    /// The host and port that the request is for: of an absolute target, else of `Host`; null when there is
    /// neither.
    public @Nullable String authority() {
        return isAbsolute() ? target().substring(authorityStart(), pathStart()) : headers.first(HeaderName.HOST);
    }

    /// Whether the target begins with its path, as nearly every one does (RFC 9112 §3.2.1).
    public boolean isOrigin() {
        return target == null ? headers.bytes()[targetStart] == '/' : target.charAt(0) == '/';
    }

    /// Whether the target names scheme and authority, as for a proxy (RFC 9112 §3.2.2).
    public boolean isAbsolute() {
        return !isOrigin() && target().contains("://");
    }

    private int authorityStart() {
        return target().indexOf("://") + 3;
    }

    private int pathStart() {
        if (isOrigin()) {
            return 0;
        }
        if (!isAbsolute()) {
            return target().length();
        }
        for (int i = authorityStart(); i < target().length(); i++) {
            if (target().charAt(i) == '/' || target().charAt(i) == '?') {
                return i;
            }
        }
        return target().length();
    }

    /// The version that the peer speaks.
    public HttpVersion version() {
        return version;
    }

    /// The fields.
    public Headers headers() {
        return headers;
    }

    /// How long the body is in bytes, or one of [BodyLength].
    public long bodyLength() {
        return bodyLength;
    }

    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110 §10.1.1).
    public boolean expectsContinue() {
        return bodyLength != BodyLength.NONE
                && version == HttpVersion.HTTP_1_1
                && headers.lists(HeaderName.EXPECT, "100-continue");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestHead head
                && head.method.equals(method)
                && head.target().equals(target())
                && head.version == version
                && head.headers.equals(headers)
                && head.bodyLength == bodyLength;
    }

    @Override
    public int hashCode() {
        return Objects.hash(method, target(), headers, bodyLength);
    }

    /// The first line.
    @Override
    public String toString() {
        return method + " " + target() + " " + version.text();
    }
}
