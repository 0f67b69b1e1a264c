package bowline.web.client;

import bowline.defer.Deferred;
import bowline.reactor.Reactor;
import bowline.web.message.HeaderName;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Pages in one line: over an [Agent] that lives for that page alone (WEB-12). No cookies are kept.
public final class Pages {
    private static final int ERROR_STATUS_MIN = 300;

    private Pages() {}

    /// The text of the page at `uri`; redirects are followed, and an error status fails with [HttpStatusError].
    public static Deferred<String> getPage(Reactor reactor, String uri) {
        var agent = new Agent(reactor);
        return Deferred.maybeDeferred(() -> text(agent, URI.create(uri))).onBoth(agent::close);
    }

    /// Fetches a page into a file, which appears whole or not at all; fires with its length in bytes.
    public static Deferred<Long> downloadPage(Reactor reactor, String uri, Path file) {
        var agent = new Agent(reactor);
        return Deferred.maybeDeferred(() -> download(agent, URI.create(uri), file))
                .onBoth(agent::close);
    }

    static Deferred<String> text(Agent agent, URI uri) {
        return wellAnswered(agent, uri)
                .addCallbackDeferring(response -> response.readBody(
                                agent.options().pageMaxBytes())
                        .addCallback(body ->
                                new String(body, charset(response.headers().first(HeaderName.CONTENT_TYPE)))));
    }

    static Deferred<Long> download(Agent agent, URI uri, Path file) {
        return wellAnswered(agent, uri).addCallbackDeferring(response -> Download.into(file, response));
    }

    /// The response, if it is a good one; else its body in the error.
    private static Deferred<ClientResponse> wellAnswered(Agent agent, URI uri) {
        return Deferred.maybeDeferred(() -> Redirects.follow(agent, ClientRequest.get(uri)))
                .addCallbackDeferring(response -> response.status() < ERROR_STATUS_MIN
                        ? Deferred.succeed(response)
                        : response.readBody(agent.options().pageMaxBytes()).addCallback(body -> {
                            throw new HttpStatusError(response.status(), response.reason(), body);
                        }));
    }

    /// What a content type says of its charset; UTF-8 where it says nothing, or nothing known.
    static Charset charset(@Nullable String contentType) {
        if (contentType == null) {
            return StandardCharsets.UTF_8;
        }
        int at = contentType.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (at < 0) {
            return StandardCharsets.UTF_8;
        }
        String name = contentType.substring(at + "charset=".length());
        int end = name.indexOf(';');
        name = (end < 0 ? name : name.substring(0, end)).strip().replace("\"", "");
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
