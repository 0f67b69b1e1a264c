package bowline.log.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// A connection to a daemon, by TCP or a UNIX socket. Every wait has an end.
final class StreamWire implements DaemonWire {

    /// How long connecting may take.
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /// How long the daemon may take no bytes before it counts as gone.
    static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);

    private final SocketChannel channel;
    private final Selector selector;
    private final Duration sendTimeout;
    private final boolean unix;
    private final ByteBuffer ignored = ByteBuffer.allocate(256);

    private StreamWire(SocketChannel channel, Selector selector, Duration sendTimeout, boolean unix) {
        this.channel = channel;
        this.selector = selector;
        this.sendTimeout = sendTimeout;
        this.unix = unix;
    }

    static StreamWire tcp(String host, int port) throws IOException {
        return connect(SocketChannel.open(), resolved(host, port), CONNECT_TIMEOUT, SEND_TIMEOUT);
    }

    static StreamWire unix(String path) throws IOException {
        try {
            return connect(
                    SocketChannel.open(StandardProtocolFamily.UNIX),
                    UnixDomainSocketAddress.of(path),
                    CONNECT_TIMEOUT,
                    SEND_TIMEOUT);
        } catch (IOException refused) {
            if (String.valueOf(refused.getMessage()).contains("wrong type for socket")) { // EPROTOTYPE
                throw new IOException(
                        path + " is a socket for datagrams, which Java's NIO does not have for UNIX sockets (a Linux"
                                + " backend would); let the daemon listen on UDP, TCP or a UNIX stream",
                        refused);
            }
            throw refused;
        }
    }

    static InetSocketAddress resolved(String host, int port) throws UnknownHostException {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("there is no host " + host);
        }
        return address;
    }

    static StreamWire connect(
            SocketChannel channel, SocketAddress address, Duration connectTimeout, Duration sendTimeout)
            throws IOException {
        Selector selector = Selector.open();
        var wire = new StreamWire(channel, selector, sendTimeout, address instanceof UnixDomainSocketAddress);
        try {
            channel.configureBlocking(false);
            if (!channel.connect(address)) {
                SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
                wire.await(key, SelectionKey.OP_CONNECT, connectTimeout, "did not answer");
                channel.finishConnect();
            }
            return wire;
        } catch (IOException | RuntimeException failed) {
            wire.close();
            throw failed;
        }
    }

    @Override
    public void send(ByteBuffer message) throws IOException {
        refuseIfOver();
        while (message.hasRemaining()) {
            if (channel.write(message) == 0) {
                SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
                await(key, SelectionKey.OP_WRITE, sendTimeout, "took no bytes");
            }
        }
    }

    /// A daemon says nothing on this connection, but it may have ended it: what is then written is lost unseen.
    ///
    /// A UNIX socket refuses such a write by itself; and there an end says nothing, for journald ends its side of
    /// the
    /// stream as soon as it has accepted it.
    private void refuseIfOver() throws IOException {
        if (unix) {
            return;
        }
        ignored.clear();
        if (channel.read(ignored) < 0) {
            throw new IOException("it closed the connection");
        }
    }

    private void await(SelectionKey key, int operation, Duration timeout, String lateness) throws IOException {
        key.interestOps(operation);
        selector.selectedKeys().clear();
        if (selector.select(timeout.toMillis()) == 0) {
            throw new SocketTimeoutException("it " + lateness + " within " + timeout);
        }
    }

    @Override
    public void close() {
        try (selector;
                channel) {
            // Both, whatever the first one says.
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
