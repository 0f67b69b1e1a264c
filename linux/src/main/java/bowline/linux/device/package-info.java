/// Devices by their descriptors.
///
/// Start at [OwnDevices], which a reactor has one of.
///
///     OwnDevices ── opens ──▶ SerialConnection ◀── IN, OUT ── Poller
///         │                       └ SerialLine   how the bits go (termios)
///         └─── opens ──▶ TunnelDevice     ◀── IN ────── Poller
///
/// May know: device, reactor.loop, linux.socket, linux.system. Must not know: backends.
@NullMarked
package bowline.linux.device;

import org.jspecify.annotations.NullMarked;
