/// Bridges to `java.util.concurrent.Flow` both ways, with back-pressure kept (PRO-12): for the JDK's own HTTP client,
/// and for every library of reactive streams.
///
///     Flow.Publisher ── FlowWriter.write(publisher, transport, reactor) ──▶ Consumer      what others publish is
/// written
///     Producer ──▶ FlowPublisher ──▶ Flow.Subscriber                                      what is produced is
/// published
///
/// Subscribers may ask and cancel on any thread; they are called on the reactor's.
///
/// May know: protocols' producers and consumers, defer. Must not know: reactors, sockets.
@NullMarked
package bowline.flow;

import org.jspecify.annotations.NullMarked;
