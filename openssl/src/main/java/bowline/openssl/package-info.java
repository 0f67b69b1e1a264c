/// TLS by OpenSSL 3: an engine over two queues of bytes in memory, driven like any other.
///
/// Start at [OpensslProvider], which offers it under the name `openssl`, and [OpensslEngine].
///
///     peer's records ─▶ in ┐                 ┌─▶ plain text
///                          Wires ── SSL ── OpensslEngine ◀── Need
///     our records ◀── out ─┘      │          └─◀ plain text
///                                 ▼ on the same thread, while it works
///                              Upcalls ─▶ PeerJudge       certificates, by our own rules
///                                         ClientSessions  what the server gave to resume with
///                                         TicketKeys      what tickets of ours are sealed with
///
/// A context ([OpensslContext]) is one `SSL_CTX`; a connection ([Connection]) one `SSL`, which has [Wires] only while
/// something is in them. What is held outside of the heap is freed by `close`, and by a Cleaner if that was forgotten.
///
/// May know: tls.engine, tls.certificate, openssl.library. Must not know: transports, reactors.
@NullMarked
package bowline.openssl;

import org.jspecify.annotations.NullMarked;
