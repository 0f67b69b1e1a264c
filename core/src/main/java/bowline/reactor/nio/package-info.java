/// The reactor on the JDK's selector: works everywhere (architecture, decision 6).
///
/// Start at [NioReactor]. Every key of its selector carries a [NioHandler], which is told what its
/// channel is ready for.
///
///     Selector ── ready ──▶ NioPort          accept
///                           NioDial          finish connecting
///                           NioConnection    receive, send
///                           NioDatagramPort  receive, send datagrams
///                           NioWatch         a channel of the program's own
///
/// May know: reactor.loop and what that knows, java.nio. Must not know: programs.
@NullMarked
package bowline.reactor.nio;

import org.jspecify.annotations.NullMarked;
