/// What coroutines cost, by either carrier.
///
/// Start at [CoroutineBench], which is the whole of it.
@NullMarked
package bowline.bench.coroutine;

import org.jspecify.annotations.NullMarked;
