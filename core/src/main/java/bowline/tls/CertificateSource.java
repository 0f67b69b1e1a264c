package bowline.tls;

import bowline.defer.Deferred;
import bowline.tls.hello.ClientHello;

/// Where a server gets the identity for each connection from, when it has read whom the client asks for.
@FunctionalInterface
public interface CertificateSource {

    /// The way to answer this client; later, if it has to be fetched. Asked on the reactor's thread, once a
    /// connection. A failure ends the connection: with `unrecognized_name` for an [UnknownServerName],
    /// otherwise with `internal_error` and a line in the log. The answer should be the same object for the same
    /// identity, for what is made of it (sessions, tickets) belongs to it.
    Deferred<ServerIdentity> identity(ClientHello hello);

    /// Whether a connection that was answered with `shown` may be used for `host`, which its client names
    /// inside of it: in a Host field, without the port, for one. If not, the server refuses, in HTTP with 421
    /// (RFC 9110 §15.5.20): otherwise who is let in to one host would be in all others, whatever those demand
    /// of clients (TLS-2). On any thread.
    default boolean covers(ServerIdentity shown, String host) {
        return shown.covers(host);
    }

    /// Whether a connection that was answered with `shown` may ask for `host`, be the certificate for it or
    /// not: what it covers, as a rule. A source of which no identity demands anything of clients lets all ask,
    /// for there is nothing to get past; so does one that has one identity for all. On any thread.
    default boolean admits(ServerIdentity shown, String host) {
        return covers(shown, host);
    }
}
