package bowline.web.client;

/// A page could not be had: the server answered with an error status (WEB-12).
public class HttpStatusError extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final byte[] body;

    HttpStatusError(int status, String reason, byte[] body) {
        super(status + " " + reason, null, true, false);
        this.status = status;
        this.body = body;
    }

    /// The status code, 400 or more, or a redirect that leads nowhere.
    public int status() {
        return status;
    }

    /// What the server sent with it.
    public byte[] body() {
        return body.clone();
    }
}
