/// TLS: Bowline over each of its implementations beside Netty over two and nginx.
///
/// Start at [TlsTable]. A server does one of four things ([Duty]) with one of two keys ([Identity]); the load is
/// `tls-load.c`.
@NullMarked
package bowline.bench.tls;

import org.jspecify.annotations.NullMarked;
