package bowline.web.server;

import bowline.web.message.BodyLength;
import bowline.web.message.HeaderName;
import bowline.web.message.Headers;
import bowline.web.message.ResponseHead;
import bowline.web.message.Status;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// What a request is answered with. Immutable, and without files or streams in it of use any number of times.
///
/// @param head the final head; `Date`, `Server` and the fields of framing are added when it is sent
/// @param content the body, left out where the request or the status wants none
/// @param whenSent called once the response is through, or cannot be sent: closes what the content needs
public record Response(ResponseHead head, Content content, Runnable whenSent) {
    private static final Headers TEXT = Headers.of("Content-Type", "text/plain; charset=utf-8");
    private static final Headers PAGE =
            Headers.of("Content-Type", "text/html; charset=utf-8", "X-Content-Type-Options", "nosniff");

    /// Checks that it is a final response.
    public Response {
        Objects.requireNonNull(content);
        Objects.requireNonNull(whenSent);
        if (head.status() < Status.OK) {
            throw new IllegalArgumentException("status " + head.status() + " is not final: a response has 200 to 599");
        }
    }

    /// A response with nothing to close.
    public Response(ResponseHead head, Content content) {
        this(head, content, Response::nothing);
    }

    /// Bytes of a media type.
    public static Response of(int status, Headers headers, byte[] body) {
        return new Response(new ResponseHead(status, headers, body.length), Content.bytes(body));
    }

    /// Plain text, 200.
    public static Response text(String text) {
        return of(Status.OK, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /// An HTML page.
    ///
    /// @param html a whole page, as [Html#page] makes it
    public static Response page(int status, String html) {
        return of(status, PAGE, html.getBytes(StandardCharsets.UTF_8));
    }

    /// A short page that tells a person of an error.
    ///
    /// @param text plain text, escaped here (H1-10)
    public static Response errorPage(int status, String text) {
        return page(status, Html.page(status + " " + Status.reason(status), "<p>" + Html.escape(text) + "</p>\n"));
    }

    /// No body.
    public static Response empty(int status, Headers headers) {
        return new Response(new ResponseHead(status, headers, BodyLength.NONE), Content.EMPTY);
    }

    /// Sends the client elsewhere.
    ///
    /// @param status 301, 302, 303, 307 or 308
    /// @param location a URI reference, percent-encoded
    /// @throws IllegalArgumentException if the location could not be sent as it is
    public static Response redirect(int status, String location) {
        String link = Html.escape(location);
        Response page = page(
                status,
                Html.page(status + " " + Status.reason(status), "<p><a href=\"" + link + "\">" + link + "</a></p>\n"));
        return page.with(HeaderName.LOCATION, location);
    }

    /// The same with one more field.
    public Response with(HeaderName name, String value) {
        var more = new ResponseHead(head.status(), head.reason(), head.headers().with(name, value), head.bodyLength());
        return new Response(more, content, whenSent);
    }

    private static void nothing() {}
}
