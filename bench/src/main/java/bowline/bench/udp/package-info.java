/// UDP echo, Bowline beside Netty NIO: the same work by two servers in turn on the same cores.
///
/// Start at [UdpBench]. It runs a server ([BowlineUdpEcho] or [NettyUdpEcho]) pinned to one core and [UdpLoad]
/// pinned to another, and reads the server's processor time from the system.
@NullMarked
package bowline.bench.udp;

import org.jspecify.annotations.NullMarked;
