package bowline.log.daemon;

import bowline.log.AsyncLogObserver;
import bowline.log.LogEvent;
import bowline.log.LogObserver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;

/// Sends events to a syslog daemon (RFC 5424): the text as the message, the event's keys as structured data.
/// Safe for any thread, and never waits on the one that logs.
///
///     var syslog = SyslogObserver.tcp("127.0.0.1", 601, SyslogFraming.OCTET_COUNTING, SyslogOptions.of("poetry"));
///     LogPublisher.global().add(syslog);
///
/// While the daemon cannot be reached, up to [AsyncLogObserver#QUEUE_MAX_EVENTS] events wait; further ones
/// are counted and the count is sent when there is room. The fault is told to the other observers, once.
/// A TCP connection that breaks may take with it what was sent last: syslog knows no receipts.
public final class SyslogObserver implements LogObserver, AutoCloseable {
    private final DaemonQueue queue;

    private SyslogObserver(String daemon, DaemonWire.Opener opener, Function<LogEvent, byte[]> format) {
        this.queue = new DaemonQueue(daemon, opener, format, AsyncLogObserver.QUEUE_MAX_EVENTS);
    }

    /// Sends each event as a datagram (RFC 5426; the usual port is 514), of
    /// [SyslogOptions#DATAGRAM_MAX_BYTES] at most unless the options have a smaller limit or say so by
    /// [#udp(String, int, SyslogOptions, int)].
    public static SyslogObserver udp(String host, int port, SyslogOptions options) {
        return udp(host, port, options, Math.min(options.messageMaxBytes(), SyslogOptions.DATAGRAM_MAX_BYTES));
    }

    /// As [#udp(String, int, SyslogOptions)], with datagrams of up to `datagramMaxBytes`.
    ///
    /// @throws IllegalArgumentException if that is more than a datagram can have
    public static SyslogObserver udp(String host, int port, SyslogOptions options, int datagramMaxBytes) {
        if (datagramMaxBytes > SyslogOptions.UDP_MAX_BYTES) {
            throw new IllegalArgumentException(
                    "datagrams of " + datagramMaxBytes + " bytes; UDP has at most " + SyslogOptions.UDP_MAX_BYTES);
        }
        var format = new SyslogFormat(options.withMessageMaxBytes(datagramMaxBytes), false);
        return new SyslogObserver(
                "syslog at udp:" + host + ":" + port, () -> DatagramWire.open(host, port), format::write);
    }

    /// Sends events over TCP (RFC 6587; the usual port is 601). Nothing is encrypted: for a network that is
    /// trusted, or a forwarder on this machine.
    public static SyslogObserver tcp(String host, int port, SyslogFraming framing, SyslogOptions options) {
        return new SyslogObserver(
                "syslog at tcp:" + host + ":" + port, () -> StreamWire.tcp(host, port), framed(framing, options));
    }

    /// Sends events to a UNIX socket for streams. `/dev/log` is one for datagrams on most systems, and then
    /// cannot be reached from here; the error says so.
    public static SyslogObserver unix(Path socket, SyslogFraming framing, SyslogOptions options) {
        return new SyslogObserver(
                "syslog at unix:" + socket, () -> StreamWire.unix(socket.toString()), framed(framing, options));
    }

    private static Function<LogEvent, byte[]> framed(SyslogFraming framing, SyslogOptions options) {
        var format = new SyslogFormat(options, framing == SyslogFraming.NON_TRANSPARENT);
        return event -> frame(framing, format.write(event));
    }

    /// The message as it goes into a stream.
    static byte[] frame(SyslogFraming framing, byte[] message) {
        if (message.length == 0) {
            return message;
        }
        byte[] before = framing == SyslogFraming.OCTET_COUNTING
                ? (message.length + " ").getBytes(StandardCharsets.US_ASCII)
                : new byte[0];
        byte[] after = framing == SyslogFraming.NON_TRANSPARENT ? new byte[] {'\n'} : new byte[0];
        var framed = new byte[before.length + message.length + after.length];
        System.arraycopy(before, 0, framed, 0, before.length);
        System.arraycopy(message, 0, framed, before.length, message.length);
        System.arraycopy(after, 0, framed, before.length + message.length, after.length);
        return framed;
    }

    @Override
    public void observe(LogEvent event) {
        queue.observe(event);
    }

    /// Sends what still waits, if the daemon takes it, and ends the connection. Waits for that, but not for a
    /// daemon that cannot be reached.
    @Override
    public void close() {
        queue.close();
    }
}
