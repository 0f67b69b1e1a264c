/// Servers to measure, each in a process of its own.
///
/// Start at [ServerProcess], which is what a benchmark holds of one; [ServerControl] is its other end, in the server.
/// [Comparison] puts two of them under the same load by turns.
@NullMarked
package bowline.bench.server;

import org.jspecify.annotations.NullMarked;
