/// Sockets by their descriptors: what the reactors of all Linux backends share.
///
/// Start at [DescriptorReactor]; a backend adds the waiting, a [Poller].
///
///     Loop ◀── DescriptorReactor ── watch ──▶ Poller ── ready(events) ──▶ DescriptorHandler
///                                                  StreamConnection ◀── SocketConnection
///                                                  StreamPort ◀──────── SocketPort
///                                                  DatagramPort ◀────── SocketDatagramPort
///                                                  Attempt ◀─────────── SocketDial
///
/// Channels of the JDK's that the program brought are watched by [bowline.reactor.nio.ChannelsBeside].
///
/// May know: reactor, reactor.loop, reactor.nio, linux.system. Must not know: backends, endpoints, services.
@NullMarked
package bowline.linux.socket;

import org.jspecify.annotations.NullMarked;
