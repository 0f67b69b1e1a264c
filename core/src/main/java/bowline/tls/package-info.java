/// TLS for any protocol over any transport (section 33).
///
/// Start at [Tls]: the ways to put TLS below a protocol; then [TlsClientOptions] and [TlsServerOptions].
///
///     transport below ── records ──▶ [TlsLayer] ── plain text ──▶ the program's protocol
///                     ◀── records ── [UpperSide] ◀──── write ────   (for which that is its [TlsTransport])
///                                       │ both drive one TlsEngine, whose work [HandshakeWork] has done elsewhere
///                                       └ [Opening]: where the engine comes from; a server reads the ClientHello
///                                         first and asks its [CertificateSource]
///
/// What all connections of one options object share is its [TlsContext]: limits, work, buffers ([Workspaces]).
///
/// May know: everything of the engine but its backends. Must not know: how an implementation of TLS works, which is
/// `tls.engine`'s business.
@NullMarked
package bowline.tls;

import org.jspecify.annotations.NullMarked;
