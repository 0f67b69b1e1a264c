package bowline.web.client;

import bowline.tls.TlsClientOptions;
import bowline.web.http1.Http1Limits;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// How long an [Agent] waits, how much it takes and how much it keeps (WEB-9).
///
/// @param connectTimeout for one attempt to connect
/// @param responseTimeout from the whole request sent to the whole head received
/// @param bodyIdleTimeout between two pieces of a body that is wanted
/// @param idleTimeout how long a connection is kept for the next request
/// @param idlePerOriginMax connections kept for one server; beyond, the oldest is closed
/// @param redirectsMax redirects followed for one page (H1-12)
/// @param pageMaxBytes the largest body that is collected in memory
/// @param http1 the limits of the protocol
/// @param tls what is special about the TLS of `https` servers: whom to trust, who we are; it is given the settings
/// of each server to change them, on any thread
public record AgentOptions(
        Duration connectTimeout,
        Duration responseTimeout,
        Duration bodyIdleTimeout,
        Duration idleTimeout,
        int idlePerOriginMax,
        int redirectsMax,
        int pageMaxBytes,
        Http1Limits http1,
        UnaryOperator<TlsClientOptions.Builder> tls) {

    /// 30 s to connect, 60 s for the head, 60 s between pieces, 2 connections kept for 240 s, 10 redirects,
    /// pages of 16 MiB; servers are verified by whom the system trusts.
    public static final AgentOptions DEFAULT = new AgentOptions(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(240),
            2,
            10,
            16 << 20,
            Http1Limits.CLIENT,
            UnaryOperator.identity());

    /// Checks that each is a limit.
    public AgentOptions {
        for (Duration timeout : new Duration[] {connectTimeout, responseTimeout, bodyIdleTimeout, idleTimeout}) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("time-out " + timeout + " is not positive");
            }
        }
        if (idlePerOriginMax < 0 || redirectsMax < 0 || pageMaxBytes < 0) {
            throw new IllegalArgumentException("idlePerOriginMax, redirectsMax and pageMaxBytes cannot be negative");
        }
    }

    /// The same with another time for the head of a response.
    public AgentOptions responseTimeout(Duration time) {
        return with(change -> change.responseTimeout = time);
    }

    /// The same with another time between the pieces of a body.
    public AgentOptions bodyIdleTimeout(Duration time) {
        return with(change -> change.bodyIdleTimeout = time);
    }

    /// The same with another limit for pages in memory.
    public AgentOptions pageMaxBytes(int bytes) {
        return with(change -> change.pageMaxBytes = bytes);
    }

    /// The same with another number of redirects.
    public AgentOptions redirectsMax(int redirects) {
        return with(change -> change.redirectsMax = redirects);
    }

    /// The same with other TLS for `https` servers, as in `tls -> tls.trust(TrustRoots.pemFile(ours))`.
    public AgentOptions tls(UnaryOperator<TlsClientOptions.Builder> change) {
        return with(each -> each.tls = change);
    }

    private AgentOptions with(Consumer<Change> difference) {
        var change = new Change(this);
        difference.accept(change);
        return change.made();
    }

    /// The components on their way from one record to the next.
    private static final class Change {
        private Duration connectTimeout;
        private Duration responseTimeout;
        private Duration bodyIdleTimeout;
        private Duration idleTimeout;
        private int idlePerOriginMax;
        private int redirectsMax;
        private int pageMaxBytes;
        private Http1Limits http1;
        private UnaryOperator<TlsClientOptions.Builder> tls;

        Change(AgentOptions from) {
            connectTimeout = from.connectTimeout;
            responseTimeout = from.responseTimeout;
            bodyIdleTimeout = from.bodyIdleTimeout;
            idleTimeout = from.idleTimeout;
            idlePerOriginMax = from.idlePerOriginMax;
            redirectsMax = from.redirectsMax;
            pageMaxBytes = from.pageMaxBytes;
            http1 = from.http1;
            tls = from.tls;
        }

        AgentOptions made() {
            return new AgentOptions(
                    connectTimeout,
                    responseTimeout,
                    bodyIdleTimeout,
                    idleTimeout,
                    idlePerOriginMax,
                    redirectsMax,
                    pageMaxBytes,
                    http1,
                    tls);
        }
    }
}
