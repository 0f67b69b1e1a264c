/// TLS for any protocol over any transport (section 33).
///
/// May know: everything of the engine but its backends. Must not know: how an implementation of TLS works, which is
/// `tls.engine`'s business.
@NullMarked
package bowline.tls;

import org.jspecify.annotations.NullMarked;
