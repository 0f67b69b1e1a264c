package bowline.web.message;

/// Status codes by name, and the reason phrases to go with them (RFC 9110 §15).
public final class Status {
    /// Go on sending the body.
    public static final int CONTINUE = 100;
    /// The connection now speaks another protocol.
    public static final int SWITCHING_PROTOCOLS = 101;
    /// Done.
    public static final int OK = 200;
    /// Done, and there is nothing to show.
    public static final int NO_CONTENT = 204;
    /// Parts of it, as asked.
    public static final int PARTIAL_CONTENT = 206;
    /// It has moved for good.
    public static final int MOVED_PERMANENTLY = 301;
    /// It is elsewhere at present.
    public static final int FOUND = 302;
    /// What you have is still right.
    public static final int NOT_MODIFIED = 304;
    /// This is not HTTP as it should be.
    public static final int BAD_REQUEST = 400;
    /// You may not.
    public static final int FORBIDDEN = 403;
    /// There is no such thing.
    public static final int NOT_FOUND = 404;
    /// It does not do that; see `Allow`.
    public static final int METHOD_NOT_ALLOWED = 405;
    /// You took too long.
    public static final int REQUEST_TIMEOUT = 408;
    /// What you assumed does not hold.
    public static final int PRECONDITION_FAILED = 412;
    /// The body is too large.
    public static final int CONTENT_TOO_LARGE = 413;
    /// There are no such bytes.
    public static final int RANGE_NOT_SATISFIABLE = 416;
    /// It cannot do what `Expect` says.
    public static final int EXPECTATION_FAILED = 417;
    /// That host is not here: this connection is for another one.
    public static final int MISDIRECTED_REQUEST = 421;
    /// Our fault.
    public static final int INTERNAL_SERVER_ERROR = 500;
    /// No such method here at all.
    public static final int NOT_IMPLEMENTED = 501;
    /// Not now.
    public static final int SERVICE_UNAVAILABLE = 503;

    private Status() {}

    /// The usual reason phrase; empty for a code that has none.
    public static String reason(int code) {
        return switch (code) {
            case 100 -> "Continue";
            case 101 -> "Switching Protocols";
            case 102 -> "Processing";
            case 103 -> "Early Hints";
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 203 -> "Non-Authoritative Information";
            case 204 -> "No Content";
            case 205 -> "Reset Content";
            case 206 -> "Partial Content";
            case 207 -> "Multi-Status";
            case 300 -> "Multiple Choices";
            case 301 -> "Moved Permanently";
            case 302 -> "Found";
            case 303 -> "See Other";
            case 304 -> "Not Modified";
            case 307 -> "Temporary Redirect";
            case 308 -> "Permanent Redirect";
            default -> code < 500 ? clientError(code) : serverError(code);
        };
    }

    private static String clientError(int code) {
        return switch (code) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 402 -> "Payment Required";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 407 -> "Proxy Authentication Required";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 411 -> "Length Required";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Range Not Satisfiable";
            case 417 -> "Expectation Failed";
            case 421 -> "Misdirected Request";
            case 422 -> "Unprocessable Content";
            case 426 -> "Upgrade Required";
            case 428 -> "Precondition Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 451 -> "Unavailable For Legal Reasons";
            default -> "";
        };
    }

    private static String serverError(int code) {
        return switch (code) {
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            case 507 -> "Insufficient Storage";
            case 511 -> "Network Authentication Required";
            default -> "";
        };
    }
}
