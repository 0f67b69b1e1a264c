/// What a Deferred costs, beside the platform's future and Netty's promise.
///
/// Start at [DeferredBench]: `bench/run DeferredBench -prof gc` tells nanoseconds and bytes an operation.
@NullMarked
package bowline.bench.defer;

import org.jspecify.annotations.NullMarked;
