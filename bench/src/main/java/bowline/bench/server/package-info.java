/// Servers to measure, each in a process of its own.
///
/// Start at [ServerProcess], which is what a benchmark holds of one; [ServerControl] is its other end, in the server.
@NullMarked
package bowline.bench.server;

import org.jspecify.annotations.NullMarked;
