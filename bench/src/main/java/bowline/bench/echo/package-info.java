/// TCP echo, Bowline beside Netty NIO: the same work by two servers in turn on the same cores.
///
/// Start at [EchoBench]. It runs a server ([BowlineEcho] or [NettyEcho]) pinned to one core and [EchoLoad]
/// pinned to another, and reads the server's processor time from the system.
@NullMarked
package bowline.bench.echo;

import org.jspecify.annotations.NullMarked;
