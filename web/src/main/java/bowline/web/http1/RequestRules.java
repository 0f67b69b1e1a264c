package bowline.web.http1;

import bowline.machine.PeerViolation;
import bowline.web.message.Authority;
import bowline.web.message.BodyLength;
import bowline.web.message.HeaderName;
import bowline.web.message.Headers;
import bowline.web.message.HttpVersion;
import bowline.web.message.RequestHead;

/// What the fields of a request mean for the connection, and which requests could mean two things to two readers
/// and are therefore refused (RFC 9112 §3.2 and §6.3; H1-1, H1-2, H1-7).
final class RequestRules {

    private RequestRules() {}

    /// How long the body is, from a request's fields.
    static long bodyLength(Headers headers, HttpVersion version, Http1Limits limits) {
        if (headers.has(HeaderName.TRANSFER_ENCODING)) {
            checkTransferEncoding(headers, version);
            return BodyLength.UNKNOWN;
        }
        if (!headers.has(HeaderName.CONTENT_LENGTH)) {
            return BodyLength.NONE;
        }
        long length = contentLength(headers);
        if (length > limits.bodyMaxBytes()) {
            throw new PeerViolation(
                    "Content-Length " + length + " is more than bodyMaxBytes, " + limits.bodyMaxBytes(),
                    "HTTP/1.1 body, RFC 9110 §15.5.14",
                    "413 Content Too Large");
        }
        return length;
    }

    /// The one value of `Content-Length`: digits only, once only, even if two would agree (H1-2).
    static long contentLength(Headers headers) {
        if (headers.repeated(HeaderName.CONTENT_LENGTH)) {
            throw bad("more than one Content-Length", "RFC 9112 §6.3");
        }
        long length = headers.number(HeaderName.CONTENT_LENGTH);
        if (length < 0) {
            throw bad("Content-Length is not a decimal number of at most 2^63-1", "RFC 9110 §8.6");
        }
        return length;
    }

    /// The coding must be `chunked`, once, alone, in HTTP/1.1, and no length beside it (H1-1).
    static void checkTransferEncoding(Headers headers, HttpVersion version) {
        if (headers.has(HeaderName.CONTENT_LENGTH)) {
            throw bad("both Transfer-Encoding and Content-Length", "RFC 9112 §6.1");
        }
        if (version == HttpVersion.HTTP_1_0) {
            throw bad("Transfer-Encoding in an HTTP/1.0 message", "RFC 9112 §6.1");
        }
        String coding = headers.first(HeaderName.TRANSFER_ENCODING);
        if ("chunked".equalsIgnoreCase(coding) && !headers.repeated(HeaderName.TRANSFER_ENCODING)) {
            return;
        }
        // A coding that we do not know, but chunked at the end: framed well, only unreadable.
        boolean endsChunked = coding != null
                && !headers.repeated(HeaderName.TRANSFER_ENCODING)
                && coding.regionMatches(
                        true, coding.length() - ", chunked".length(), ", chunked", 0, ", chunked".length())
                && coding.indexOf("chunked") == coding.length() - "chunked".length();
        throw new PeerViolation(
                "transfer coding is not exactly \"chunked\"",
                "HTTP/1.1 body, RFC 9112 §6.1",
                endsChunked ? "501 Not Implemented" : "400 Bad Request");
    }

    /// Checks host, target and expectation.
    static void check(RequestHead head) {
        checkHost(head);
        if (!head.isOrigin() || head.method().equals("CONNECT")) {
            checkTarget(head);
        }
        if (head.headers().has(HeaderName.EXPECT)) {
            checkExpectation(head);
        }
    }

    private static void checkHost(RequestHead head) {
        Headers headers = head.headers();
        boolean missing = !headers.has(HeaderName.HOST);
        if (missing ? head.version() != HttpVersion.HTTP_1_0 : !headers.hasOneHost()) {
            throw bad("not exactly one Host that is a host and perhaps a port", "RFC 9112 §3.2");
        }
    }

    private static void checkTarget(RequestHead head) {
        String target = head.target();
        boolean good = switch (head.method()) {
            case "CONNECT" -> Authority.hasPort(target);
            case "OPTIONS" -> target.equals("*") || isGoodAbsolute(head);
            default -> isGoodAbsolute(head);
        };
        if (!good) {
            throw bad("request target is none of the forms that " + head.method() + " may have", "RFC 9112 §3.2");
        }
    }

    /// An absolute target must be for http, and agree with `Host` where there is one (H1-7).
    private static boolean isGoodAbsolute(RequestHead head) {
        String target = head.target();
        boolean http =
                target.regionMatches(true, 0, "http://", 0, 7) || target.regionMatches(true, 0, "https://", 0, 8);
        if (!http) {
            return false;
        }
        String authority = head.authority();
        String host = head.headers().first(HeaderName.HOST);
        if (authority == null || authority.isEmpty() || !Authority.isValid(authority)) {
            return false;
        }
        if (host != null && !host.equalsIgnoreCase(authority)) {
            throw bad("Host differs from the authority of the target", "RFC 9112 §3.2.2");
        }
        return true;
    }

    private static void checkExpectation(RequestHead head) {
        boolean understood = "100-continue".equalsIgnoreCase(head.headers().first(HeaderName.EXPECT))
                && !head.headers().repeated(HeaderName.EXPECT);
        if (!understood && head.version() == HttpVersion.HTTP_1_1) {
            throw new PeerViolation("Expect is not 100-continue", "RFC 9110 §10.1.1", "417 Expectation Failed");
        }
    }

    /// Whether the client means to send more on this connection: only HTTP/1.1 does (WEB-4).
    static boolean persists(Headers headers, HttpVersion version) {
        return version == HttpVersion.HTTP_1_1 && !headers.lists(HeaderName.CONNECTION, "close");
    }

    /// Whether the bytes behind the request depend on the answer: CONNECT, or an offer to upgrade.
    static boolean offersSwitch(RequestHead head) {
        return head.method().equals("CONNECT")
                || (head.headers().has(HeaderName.UPGRADE)
                        && head.version() == HttpVersion.HTTP_1_1
                        && head.headers().lists(HeaderName.CONNECTION, "upgrade"));
    }

    private static PeerViolation bad(String what, String source) {
        return new PeerViolation(what, "HTTP/1.1 head, " + source, "400 Bad Request");
    }
}
