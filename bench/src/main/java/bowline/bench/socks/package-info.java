/// A stream through a SOCKS proxy: what it costs `bowline socks`, and others.
///
/// Start at [SocksBench].
@NullMarked
package bowline.bench.socks;

import org.jspecify.annotations.NullMarked;
