/// Servers to measure and the loads on them, each in a process of its own.
///
/// Start at [Rounds]: it puts each [ServerProcess] under a [Load] by turns and gives the [Figures] of each. A
/// [Program] is one in C or a class of ours, where [ServerControl] is the other end.
/// [Memory] tells what a server holds while connections are [Held]. [Comparison] prints two servers beside each other.
@NullMarked
package bowline.bench.server;

import org.jspecify.annotations.NullMarked;
