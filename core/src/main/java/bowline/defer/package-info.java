/// Results that are not there yet, and what to do with them when they come (sections 1 to 6).
///
/// Start at [Deferred], then [Chain], which runs its layers, each with a success side and an error side.
/// Several together: [DeferredList]. One after another: [DeferredLock], [DeferredSemaphore],
/// [DeferredQueue], [DeferredFilesystemLock]. Failures that nobody handled: [UnhandledError].
///
///     callback(value) ─▶ layer ─▶ layer ─▶ …      each layer's answer is the next one's input
///     errback(failure) ─▶ (error side)            until a layer handles it
///
/// Not thread-safe: everything on the reactor's thread, unless a method says otherwise.
///
/// May know: time, failure, log. Must not know: reactors, sockets.
@NullMarked
package bowline.defer;

import org.jspecify.annotations.NullMarked;
