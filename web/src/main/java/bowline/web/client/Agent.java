package bowline.web.client;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.HappyEyeballs;
import bowline.endpoint.HostnameEndpoint;
import bowline.protocol.Factory;
import bowline.reactor.ConnectOptions;
import bowline.reactor.Reactor;
import bowline.tls.Tls;
import bowline.web.client.ClientRequest.Origin;
import java.net.URI;
import java.nio.file.Path;

/// Asks HTTP servers, and keeps connections for the next question (WEB-9).
///
///     var agent = new Agent(reactor);
///     agent.getPage(URI.create("http://example.com/"))
///          .onSuccess(IO::println)
///          .addErrback(log::failure);
///
/// `https` servers are verified by their name and whom the system trusts; [AgentOptions#tls] says otherwise.
///
/// For the reactor's thread. [#close] ends the connections that are kept.
public final class Agent {
    private final AgentOptions options;
    private final Route route;
    private final HttpsSettings https;
    private final ConnectionPool pool;

    /// An agent with the usual options.
    public Agent(Reactor reactor) {
        this(reactor, AgentOptions.DEFAULT);
    }

    /// An agent.
    public Agent(Reactor reactor, AgentOptions options) {
        this(
                reactor,
                options,
                (host, port) -> new HostnameEndpoint(
                        reactor,
                        host,
                        port,
                        HappyEyeballs.within(ConnectOptions.DEFAULT.timeout(options.connectTimeout()))));
    }

    /// An agent that gets to servers by a way of its own, through a proxy for one.
    public Agent(Reactor reactor, AgentOptions options, Route route) {
        this(reactor::deferToThread, options, route);
    }

    Agent(HttpsSettings.Threads threads, AgentOptions options, Route route) {
        this.options = options;
        this.route = route;
        this.https = new HttpsSettings(threads, options.tls());
        this.pool = new ConnectionPool(options);
    }

    /// How it waits and what it takes.
    public AgentOptions options() {
        return options;
    }

    /// Sends `request`; the Deferred fires with the head of the response, whatever its status, or fails with a
    /// `ConnectError` or [ResponseFailed]. Cancelling ends the attempt.
    ///
    /// A request that is [idempotent](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2) and went over a kept
    /// connection that then broke without an answer is sent once more over a new one.
    public Deferred<ClientResponse> request(ClientRequest request) {
        Origin origin = request.origin();
        HttpClientProtocol kept = pool.take(origin);
        if (kept == null) {
            return requestAnew(request, origin);
        }
        return kept.request(request).addErrbackDeferring(failure -> {
            boolean closedMeanwhile = failure.value() instanceof ResponseFailed failed && !failed.begun();
            if (closedMeanwhile && request.mayBeRepeated()) {
                return requestAnew(request, origin);
            }
            return Deferred.fail(failure);
        });
    }

    private Deferred<ClientResponse> requestAnew(ClientRequest request, Origin origin) {
        return connect(origin).addCallbackDeferring(connection -> connection.request(request));
    }

    private Deferred<HttpClientProtocol> connect(Origin origin) {
        ClientEndpoint way = route.to(origin.bareHost(), origin.port());
        Factory<HttpClientProtocol> factory = Factory.of(() -> new HttpClientProtocol(options, new Pooling(origin)));
        if (!origin.secure()) {
            return way.connect(factory);
        }
        return https.to(origin.bareHost())
                .addCallbackDeferring(settings -> Tls.wrapClient(way, settings).connect(factory))
                .addCallbackDeferring(HttpClientProtocol::secured);
    }

    /// Fetches `uri`.
    public Deferred<ClientResponse> get(URI uri) {
        return Deferred.maybeDeferred(() -> request(ClientRequest.get(uri)));
    }

    /// The text of a page: follows redirects, and fails with [HttpStatusError] for an error status (WEB-12).
    public Deferred<String> getPage(URI uri) {
        return Pages.text(this, uri);
    }

    /// Fetches a page into a file, which appears whole or not at all; fires with its length in bytes.
    public Deferred<Long> downloadPage(URI uri, Path file) {
        return Pages.download(this, uri, file);
    }

    /// Ends the connections that wait for a next request.
    public void close() {
        pool.closeAll();
    }

    /// How many connections wait for a next request.
    int kept() {
        return pool.size();
    }

    /// Brings the connections to one server back into the pool.
    private final class Pooling implements HttpClientProtocol.Listener {
        private final Origin origin;

        Pooling(Origin origin) {
            this.origin = origin;
        }

        @Override
        public void idle(HttpClientProtocol connection) {
            pool.give(origin, connection);
        }

        @Override
        public void gone(HttpClientProtocol connection) {
            pool.forget(origin, connection);
        }
    }
}
