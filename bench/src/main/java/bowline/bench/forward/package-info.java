/// A forwarded stream: what it costs `bowline portforward`, and others.
///
/// Start at [ForwardBench].
@NullMarked
package bowline.bench.forward;

import org.jspecify.annotations.NullMarked;
