package bowline.web.client;

import bowline.defer.Deferred;
import bowline.web.message.HeaderName;
import bowline.web.message.Headers;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Follows a response to where it points (RFC 9110 §15.4), carefully: only for GET and HEAD, a counted number of times,
/// and without credentials once another server is asked (H1-12).
final class Redirects {
    private static final HeaderName[] CREDENTIALS = {
        HeaderName.AUTHORIZATION, HeaderName.COOKIE, HeaderName.PROXY_AUTHORIZATION
    };

    private Redirects() {}

    static Deferred<ClientResponse> follow(Agent agent, ClientRequest request) {
        return follow(agent, request, 0);
    }

    private static Deferred<ClientResponse> follow(Agent agent, ClientRequest request, int followed) {
        return agent.request(request).addCallbackDeferring(response -> {
            ClientRequest next;
            try {
                next = next(request, response);
            } catch (IllegalArgumentException nowhere) {
                response.discard();
                return Deferred.fail(new ResponseFailed(
                        "the redirect leads nowhere that we can go: " + nowhere.getMessage(), nowhere, true));
            }
            if (next == null) {
                return Deferred.succeed(response);
            }
            response.discard();
            if (followed == agent.options().redirectsMax()) {
                return Deferred.fail(new ResponseFailed(
                        "more than redirectsMax, " + followed + ", redirects; the last led to " + next.uri(),
                        null,
                        true));
            }
            return follow(agent, next, followed + 1);
        });
    }

    private static @Nullable ClientRequest next(ClientRequest request, ClientResponse response) {
        String location = response.headers().first(HeaderName.LOCATION);
        if (location == null) {
            return null;
        }
        return switch (response.status()) {
            case 301, 302, 307, 308 ->
                request.method().equals("GET") || request.method().equals("HEAD")
                        ? redirected(request, request.method(), location)
                        : null;
            case 303 -> redirected(request, request.method().equals("HEAD") ? "HEAD" : "GET", location);
            default -> null;
        };
    }

    private static ClientRequest redirected(ClientRequest request, String method, String location) {
        URI target = request.uri().resolve(location);
        var next = new ClientRequest(method, target, request.headers(), null);
        return next.origin().equals(request.origin())
                ? next
                : new ClientRequest(method, target, withoutCredentials(request.headers()), null);
    }

    private static Headers withoutCredentials(Headers headers) {
        Headers plain = headers;
        for (HeaderName name : CREDENTIALS) {
            plain = plain.without(name);
        }
        return plain;
    }
}
