/// Devices of the machine as transports: serial ports, and network interfaces that a program is the wire of.
///
/// Start at [SerialEndpoint], or `serial:/dev/ttyUSB0:baud=115200` as a description of an endpoint. What a serial line
/// has beside bytes is in [SerialTransport]. A tunnel is opened by [TunnelPort#open].
///
///     Protocol         ◀── bytes ──── SerialTransport ── [SerialSettings] ──▶ serial port
///     DatagramProtocol ◀── packets ── TunnelPort ─────── [TunnelOptions] ───▶ TUN or TAP
///
/// A reactor that can open devices is a [DeviceReactor]; those of `bowline.linux` are, and all others are told so by an
/// error that says which backend can.
///
/// May know: endpoint, reactor, protocol, defer. Must not know: any backend.
@NullMarked
package bowline.device;

import org.jspecify.annotations.NullMarked;
