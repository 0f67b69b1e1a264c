/// Streams through proxies: what a relayed byte costs each of them.
///
/// Start at [StreamBench], which runs each proxy as a [ProxyProcess] of its own, pinned to a core, and reads streams
/// through it. [NettyPass] is the part that the proxies on Netty have in common.
@NullMarked
package bowline.bench.proxy;

import org.jspecify.annotations.NullMarked;
