package bowline.web.http1;

import bowline.machine.PeerViolation;
import bowline.web.message.BodyLength;
import bowline.web.message.HeaderName;
import bowline.web.message.Headers;
import bowline.web.message.HttpVersion;
import bowline.web.message.Status;

/// What the fields of a response mean for the connection (RFC 9112 §6.3; H1-11).
final class ResponseRules {

    private ResponseRules() {}

    /// How long the body of a response is. [BodyLength#UNKNOWN] is chunked if there is a `Transfer-Encoding`;
    /// else it ends with the connection.
    ///
    /// @param request what was asked, one of [Outstanding]'s flags
    static long bodyLength(Headers headers, HttpVersion version, int status, int request, Http1Limits limits) {
        if (!mayHaveBody(status, request)) {
            return BodyLength.NONE;
        }
        if (headers.has(HeaderName.TRANSFER_ENCODING)) {
            RequestRules.checkTransferEncoding(headers, version);
            return BodyLength.UNKNOWN;
        }
        if (!headers.has(HeaderName.CONTENT_LENGTH)) {
            return BodyLength.UNKNOWN;
        }
        long length = RequestRules.contentLength(headers);
        if (length > limits.bodyMaxBytes()) {
            throw new PeerViolation(
                    "Content-Length " + length + " is more than bodyMaxBytes, " + limits.bodyMaxBytes(),
                    "HTTP/1.1 response");
        }
        return length;
    }

    /// Whether a response can have a body at all, whatever its fields say (RFC 9112 §6.3).
    static boolean mayHaveBody(int status, int request) {
        return status >= 200
                && status != Status.NO_CONTENT
                && status != Status.NOT_MODIFIED
                && (request & Outstanding.HEAD) == 0
                && !((request & Outstanding.CONNECT) != 0 && status < 300);
    }

    /// Whether the connection belongs to another protocol behind this response.
    static boolean switches(int status, int request) {
        return status == Status.SWITCHING_PROTOCOLS
                ? (request & Outstanding.UPGRADE) != 0
                : (request & Outstanding.CONNECT) != 0 && status >= 200 && status < 300;
    }
}
