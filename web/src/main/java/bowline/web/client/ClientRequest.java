package bowline.web.client;

import bowline.web.message.BodyLength;
import bowline.web.message.HeaderName;
import bowline.web.message.Headers;
import bowline.web.message.RequestHead;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is asked of a server.
///
/// @param method as in `GET`
/// @param uri an absolute `http` or `https` address; a fragment is not sent
/// @param headers without `Host` and `Content-Length`, which follow from the rest
/// @param body what to send behind the head; null: nothing
public record ClientRequest(
        String method, URI uri, Headers headers, @Nullable ByteBuffer body) {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "DELETE", "TRACE");
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /// Checks the address (RFC 9110 §4.2).
    ///
    /// @throws IllegalArgumentException if it is not an absolute `http` or `https` address with a host, or
    /// holds user information
    public ClientRequest {
        Objects.requireNonNull(method);
        Objects.requireNonNull(headers);
        body = body == null ? null : body.asReadOnlyBuffer();
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https"))
                || uri.getHost() == null
                || uri.getHost().isEmpty()) {
            throw new IllegalArgumentException("\"" + uri
                    + "\" is not an absolute http or https address with a host, as in https://example.com/page");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("the address for " + uri.getHost()
                    + " holds a user name (RFC 9110 §4.2.4); send an Authorization header");
        }
    }

    /// A request for `uri` with nothing else.
    public static ClientRequest get(URI uri) {
        return new ClientRequest("GET", uri, Headers.EMPTY, null);
    }

    /// Who is asked: connections to one origin are shared.
    Origin origin() {
        return new Origin(
                isSecure(), uri.getHost().toLowerCase(Locale.ROOT), uri.getPort() < 0 ? usualPort() : uri.getPort());
    }

    private boolean isSecure() {
        return uri.getScheme().equalsIgnoreCase("https");
    }

    private int usualPort() {
        return isSecure() ? HTTPS_PORT : HTTP_PORT;
    }

    /// Whether asking twice does no more than asking once, so that it may be tried again (RFC 9110 §9.2.2).
    boolean mayBeRepeated() {
        return body == null && IDEMPOTENT.contains(method);
    }

    /// The head that goes to the server.
    RequestHead head() {
        Headers.Builder fields = Headers.builder().add(HeaderName.HOST, hostField());
        fields.addAll(headers.without(HeaderName.HOST).without(HeaderName.CONTENT_LENGTH));
        return new RequestHead(method, target(), fields.build(), body == null ? BodyLength.NONE : body.remaining());
    }

    private String hostField() {
        return uri.getPort() < 0 || uri.getPort() == usualPort() ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private String target() {
        URI ascii = URI.create(uri.toASCIIString());
        String path = ascii.getRawPath() == null || ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        return ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
    }

    /// Scheme, host and port of a server (RFC 6454 §4).
    ///
    /// @param secure whether it is `https`
    record Origin(boolean secure, String host, int port) {

        /// The host as a resolver or socket takes it: an IPv6 address without its brackets.
        String bareHost() {
            return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        }
    }
}
