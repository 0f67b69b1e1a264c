package bowline.reactor.nio;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.DatagramProtocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Reactor;
import bowline.reactor.loop.DatagramPort;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/// A datagram channel.
final class NioDatagramPort extends DatagramPort implements NioHandler {
    private static final Logger log = Logger.of(Reactor.class);

    private final NioReactor reactor;
    private @Nullable DatagramChannel adopted;
    private @Nullable DatagramChannel channel;
    private @Nullable SelectionKey key;

    /// @param adopted the channel to use first, if there is one already
    NioDatagramPort(
            NioReactor reactor,
            @Nullable DatagramChannel adopted,
            InetSocketAddress where,
            DatagramProtocol protocol,
            DatagramOptions options) {
        super(reactor, where, protocol, options);
        this.reactor = reactor;
        this.adopted = adopted;
    }

    @Override
    protected InetSocketAddress bind(InetSocketAddress address, DatagramOptions options) throws IOException {
        DatagramChannel opened = adopted == null ? open(address) : adopted;
        channel = opened;
        set(opened, StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
        set(opened, StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
        if (adopted == null) {
            if (options.listenMultiple()) {
                share(opened);
            }
            opened.bind(address);
        }
        adopted = null;
        opened.configureBlocking(false);
        key = opened.register(reactor.selector(), 0, this);
        return local(opened);
    }

    private static DatagramChannel open(InetSocketAddress address) throws IOException {
        return DatagramChannel.open(
                address.getAddress() instanceof Inet6Address
                        ? StandardProtocolFamily.INET6
                        : StandardProtocolFamily.INET);
    }

    private static void set(DatagramChannel channel, SocketOption<Integer> option, int bytes) throws IOException {
        if (bytes > 0) {
            channel.setOption(option, bytes);
        }
    }

    private static void share(DatagramChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
    }

    private static InetSocketAddress local(DatagramChannel channel) throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    private DatagramChannel channel() throws ClosedChannelException {
        if (channel == null) {
            throw new ClosedChannelException();
        }
        return channel;
    }

    @Override
    protected @Nullable InetSocketAddress remote() throws IOException {
        return (InetSocketAddress) channel().getRemoteAddress();
    }

    @Override
    protected void reading(boolean on) {
        if (key != null && key.isValid()) {
            key.interestOps(on ? SelectionKey.OP_READ : 0);
        }
    }

    @Override
    protected @Nullable SocketAddress receive(ByteBuffer into) throws IOException {
        return channel().receive(into);
    }

    @Override
    protected boolean send(ByteBuffer bytes, InetSocketAddress to) throws IOException {
        if (bytes.hasRemaining()) {
            return channel().send(bytes, to) > 0;
        }
        // The JDK sends nothing on a connected channel when there are no bytes to send. So from here on the channel is
        // not connected, and only the port knows the peer. To connect it again would discard what waits to be read.
        channel().disconnect();
        channel().send(bytes, to);
        return true;
    }

    @Override
    protected InetSocketAddress connect(InetSocketAddress to) throws IOException {
        return local(channel().connect(to));
    }

    @Override
    protected <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return channel().getOption(option);
    }

    @Override
    protected <T> void option(SocketOption<T> option, T value) throws IOException {
        channel().setOption(option, value);
    }

    @Override
    protected Runnable join(InetAddress group, NetworkInterface on, @Nullable InetAddress source) throws IOException {
        var membership = source == null ? channel().join(group, on) : channel().join(group, on, source);
        return membership::drop;
    }

    @Override
    protected void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException broken) {
            log.failure("closing a port failed", Failure.of(broken));
        }
        channel = null;
        key = null;
    }

    @Override
    public void ready(SelectionKey ready, int operations) {
        readReady();
    }

    @Override
    public void disconnected(Failure reason) {
        disconnected();
    }
}
