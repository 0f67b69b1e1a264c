/// TCP echo: the same server on Bowline, Netty and Vert.x, which [bowline.bench.table.Table] measures beside each
/// other.
///
/// [RecorderBench] and [ReactorsBench] measure what the Flight Recorder costs, and what more reactors give.
@NullMarked
package bowline.bench.echo;

import org.jspecify.annotations.NullMarked;
