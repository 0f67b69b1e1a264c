package bowline.log.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/// Sends each message as one datagram (RFC 5426). Nobody answers, so nobody knows whether it arrived: the
/// socket is not connected, for the refusals that would then come belong to earlier messages.
final class DatagramWire implements DaemonWire {
    private final DatagramChannel channel;
    private final InetSocketAddress to;

    private DatagramWire(DatagramChannel channel, InetSocketAddress to) {
        this.channel = channel;
        this.to = to;
    }

    static DatagramWire open(String host, int port) throws IOException {
        return new DatagramWire(DatagramChannel.open(), StreamWire.resolved(host, port));
    }

    @Override
    public void send(ByteBuffer message) throws IOException {
        channel.send(message, to);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
