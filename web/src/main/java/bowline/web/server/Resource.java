package bowline.web.server;

import bowline.defer.Deferred;

/// Answers requests: the one place of a server where time may pass.
///
///     Resource hello = exchange -> Deferred.succeed(Response.text("Hello, world!\n"));
@FunctionalInterface
public interface Resource {

    /// The response to one request. Called on the reactor's thread as soon as the head is there; whoever wants the
    /// body asks the exchange for it. When the client goes away, the Deferred is cancelled.
    ///
    /// @throws HttpError to answer with its status; the Deferred may fail with one as well
    /// @throws Exception anything else is logged and answered with 500
    Deferred<Response> render(Exchange exchange) throws Exception;
}
