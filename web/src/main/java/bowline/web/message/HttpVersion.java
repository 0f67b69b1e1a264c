package bowline.web.message;

/// The version in a head's first line (RFC 9112 §2.3).
public enum HttpVersion {
    /// One message a connection; no chunked coding.
    HTTP_1_0("HTTP/1.0"),
    /// Persistent connections, chunked coding.
    HTTP_1_1("HTTP/1.1");

    private final String text;

    HttpVersion(String text) {
        this.text = text;
    }

    /// As it stands in the first line.
    public String text() {
        return text;
    }
}
