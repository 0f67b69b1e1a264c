/// Devices of the machine as transports: serial ports.
///
/// Start at [SerialEndpoint], or `serial:/dev/ttyUSB0:baud=115200` as a description of an endpoint. What a serial
/// line has beside bytes is in [SerialTransport].
///
///     Protocol ◀── bytes ── SerialTransport ── [SerialSettings] ──▶ serial port
///
/// A reactor that can open devices is a [DeviceReactor]; those of `bowline.linux` are, and all others are told so by an
/// error that says which backend can.
///
/// May know: endpoint, reactor, protocol, defer. Must not know: any backend.
@NullMarked
package bowline.device;

import org.jspecify.annotations.NullMarked;
