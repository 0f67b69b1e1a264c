/// TLS by the JDK's own implementation: always there, fast in bulk, slower than OpenSSL in handshakes.
///
/// Start at [JsseEngine], which drives an `SSLEngine` as was measured to be fast, and knows its traps.
///
///     JsseProvider ──▶ JsseClientContext ──▶ JsseEngine ── wrap, unwrap, tasks ──▶ SSLEngine
///                      JsseServerContext                                             │ asks back
///                         Policy (suites, groups, schemes)                           ├──▶ OneIdentity  which key
///                                                                                    └──▶ Judge        is the peer
/// good
///
/// What it cannot do: show an OCSP staple as a server (the JDK fetches them itself or not at all), and half-close in
/// TLS
/// 1.2. Tickets are enciphered with keys that the JDK changes every hour.
///
/// May know: tls.engine, the JDK. Must not know: transports, reactors.
@NullMarked
package bowline.tls.jsse;

import org.jspecify.annotations.NullMarked;
