/// What the reactors of all backends share: the turn of the loop, its life, events, timers, the queue
/// from other threads, and everything about connections but the system calls (sections 9 to 22).
///
/// Start at [Loop]; its [Turn] is the order of section 10, its [LoopLife] what comes before and after. A backend
/// extends six classes, each with a handful of system calls to fill in:
///
///     Loop               poll, wake                the waiting; also await, to run on a host's thread
///     StreamPort         bind, accept              a listening socket
///     StreamConnection   receive, send, close      a connected socket; Outbound is what it has to send
///     DatagramPort       bind, receive, send       a UDP socket, and its groups (GroupSide)
///     UnixPacketPort     open, receive, send       a UNIX socket of datagrams; PacketPort is what both kinds share
///     Loop.dial          → Attempt                 a socket on its way to be connected
///     Watch              update                    a channel that the program brought
///
/// Everything else that a loop has of its machine is in [Platform]: time, threads, names, signals. Its turns are
/// run by the thread that calls `run()`, or by a toolkit's ([HostedRun]), or by whoever has many loops on one
/// thread ([DrivenRun]).
///
/// TCP and UNIX sockets share all of it. Where they differ: [ListeningPlace] for a port, [Attempt] for a client,
/// and the backend's own kinds of connections.
///
/// May know: reactor, protocol, defer, log, time, threads. Must not know: any backend.
@NullMarked
package bowline.reactor.loop;

import org.jspecify.annotations.NullMarked;
