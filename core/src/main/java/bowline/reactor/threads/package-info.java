/// Threads for work that blocks, and the ways between them and a reactor's own thread (section 13).
///
/// Start at [ElasticThreadPool]; [Threads] has what is built on a pool, [BlockingCalls] the way back
/// from other threads to the reactor. Everything here works with any reactor and is safe for any thread.
///
///     reactor thread ── Threads.deferToThreadPool ──▶ pool thread ── loop.execute ──▶ reactor thread
///     other thread   ── BlockingCalls.call ─────────▶ reactor thread ── result ─────▶ other thread
///
/// May know: reactor, defer, log. Must not know: any backend.
@NullMarked
package bowline.reactor.threads;

import org.jspecify.annotations.NullMarked;
