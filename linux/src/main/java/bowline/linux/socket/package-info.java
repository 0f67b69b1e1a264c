/// Sockets by their descriptors: what the reactors of all Linux backends share.
///
/// Start at [DescriptorReactor]; a backend adds the waiting, a [Poller].
///
///     Loop ◀── DescriptorReactor ── watch ──▶ Poller ── ready(events) ──▶ DescriptorHandler
///                                                  StreamConnection ◀── DescriptorConnection ◀── SocketConnection
///                                                  StreamPort ◀──────── SocketPort
///                                                  DatagramPort ◀────── SocketDatagramPort
///                                                  Attempt ◀─────────── SocketDial
///                                                  Watch ◀───────────── PlainWatch
///
/// What the program brings: sockets are adopted by [SocketAdoption], other descriptors watched by [PlainDescriptors],
/// and channels of the JDK's by [bowline.reactor.nio.ChannelsBeside].
///
/// May know: reactor, reactor.loop, reactor.nio, linux.system. Must not know: backends, endpoints, services.
@NullMarked
package bowline.linux.socket;

import org.jspecify.annotations.NullMarked;
