/// A relayed stream: what it costs the proxy, for `bowline socks` and for others.
///
/// Start at [SocksBench], which runs each proxy as a process of its own and reads a stream through it.
@NullMarked
package bowline.bench.socks;

import org.jspecify.annotations.NullMarked;
