/// Idle HTTP connections: what they cost the heap, Bowline beside Netty NIO.
///
/// Start at [IdleBench]. It holds many connections to a server ([BowlineSite] or [NettySite]) that runs in a process
/// of its own, and asks that for the use of its heap with and without them.
@NullMarked
package bowline.bench.idle;

import org.jspecify.annotations.NullMarked;
