package bowline.web.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The start of a response: all of it but the body (RFC 9110 §6.2). Immutable; may be kept.
public final class ResponseHead implements HttpEvent {
    private final int status;
    private final String reason;
    private final HttpVersion version;
    private final Headers headers;
    private final long bodyLength;

    /// A response to send. A `Content-Length` among the headers says how long its body is; without one, the length
    /// is not known yet.
    ///
    /// @param status 100 to 599
    public ResponseHead(int status, Headers headers) {
        this(
                status,
                headers,
                headers.has(HeaderName.CONTENT_LENGTH)
                        ? headers.number(HeaderName.CONTENT_LENGTH)
                        : BodyLength.UNKNOWN);
    }

    /// A response to send.
    ///
    /// @param status 100 to 599
    /// @param bodyLength in bytes, or one of [BodyLength]
    public ResponseHead(int status, Headers headers, long bodyLength) {
        this(status, Status.reason(status), headers, bodyLength);
    }

    /// A response to send.
    ///
    /// @param status 100 to 599
    /// @param reason the reason phrase, which nobody should depend on
    /// @param bodyLength in bytes, or one of [BodyLength]
    public ResponseHead(int status, String reason, Headers headers, long bodyLength) {
        this(status, reason, HttpVersion.HTTP_1_1, headers, BodyLength.check(bodyLength));
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("status " + status + " is not 100 to 599 (RFC 9110 §15)");
        }
        if (!Alphabet.all(reason, Alphabet.VALUE)) {
            throw new IllegalArgumentException("reason phrase \"" + Quoted.of(reason) + "\" has control characters");
        }
    }

    ResponseHead(int status, String reason, HttpVersion version, Headers headers, long bodyLength) {
        this.status = status;
        this.reason = reason;
        this.version = version;
        this.headers = Objects.requireNonNull(headers);
        this.bodyLength = bodyLength;
    }

    /// The status code.
    public int status() {
        return status;
    }

    /// The reason phrase.
    public String reason() {
        return reason;
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

    /// Whether it only tells how things are going, and the real response follows (RFC 9110 §15.2).
    public boolean isInformational() {
        return status < 200 && status != Status.SWITCHING_PROTOCOLS;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResponseHead head
                && head.status == status
                && head.reason.equals(reason)
                && head.version == version
                && head.headers.equals(headers)
                && head.bodyLength == bodyLength;
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, reason, headers, bodyLength);
    }

    /// The first line.
    @Override
    public String toString() {
        return version.text() + " " + status + " " + reason;
    }
}
