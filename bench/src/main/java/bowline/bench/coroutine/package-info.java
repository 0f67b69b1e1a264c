/// What coroutines cost, by either carrier.
///
/// Start at [CoroutineBench]; [MountedCoroutineBench] and [BatonCoroutineBench] run it by one carrier each.
@NullMarked
package bowline.bench.coroutine;

import org.jspecify.annotations.NullMarked;
