/// The strings `tls:` and `ssl:`, for servers and for clients (END-8, END-9).
///
/// Start at [TlsServerParser] and [TlsClientParser]; [SslServerParser] and [SslClientParser] read Twisted's older
/// spelling. [TlsWords] is what they all have in common, [ServerCertificates] says which certificates a server shows.
///
///     "tls:443:certificates=/etc/certs" ──▶ [TlsServerParser] ──▶ [StringTlsEndpoint] ──▶ Tls.wrapServer(tcp:443,
/// options)
///
/// May know: tls and its sources, endpoint, reactor. Must not know: engines, protocols.
@NullMarked
package bowline.tls.endpoint;

import org.jspecify.annotations.NullMarked;
