package bowline.web.server;

import bowline.web.message.Status;

/// Ends an exchange with a status and a short page. Not logged: it is an answer, not a fault of ours.
public class HttpError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    /// @param status 400 to 599
    /// @param text what the page says, for a person; it is escaped
    public HttpError(int status, String text) {
        super(text, null, false, false);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status " + status + " tells of no error: it must be 400 to 599");
        }
        this.status = status;
    }

    /// Ends an exchange with a status, which says enough.
    public HttpError(int status) {
        this(status, Status.reason(status));
    }

    /// The status.
    public int status() {
        return status;
    }

    /// The page.
    Response response() {
        return Response.errorPage(status, String.valueOf(getMessage()));
    }
}
