package bowline.reactor.nio;

import bowline.failure.Failure;
import bowline.protocol.DatagramProtocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.loop.DatagramPort;
import bowline.reactor.loop.Loop;
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
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/// A datagram channel.
final class NioDatagramPort extends DatagramPort implements NioHandler {
    private final NioBinding<DatagramChannel> binding;
    private @Nullable DatagramChannel adopted;

    /// @param adopted the channel to use first, if there is one already
    NioDatagramPort(
            Loop loop,
            SelectorHost host,
            @Nullable DatagramChannel adopted,
            InetSocketAddress where,
            DatagramProtocol protocol,
            DatagramOptions options) {
        super(loop, where, protocol, options);
        binding = new NioBinding<>(host);
        this.adopted = adopted;
    }

    @Override
    protected InetSocketAddress bind(InetSocketAddress address, DatagramOptions options) throws IOException {
        DatagramChannel opened = adopted == null ? open(address) : adopted;
        binding.opened(opened);
        set(opened, StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
        set(opened, StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
        if (adopted == null) {
            if (options.listenMultiple()) {
                share(opened);
            }
            opened.bind(address);
        }
        adopted = null;
        binding.watchFor(this);
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

    @Override
    protected @Nullable InetSocketAddress remote() throws IOException {
        return (InetSocketAddress) binding.channel().getRemoteAddress();
    }

    @Override
    protected void reading(boolean on) {
        binding.want(SelectionKey.OP_READ, on);
    }

    @Override
    protected boolean readSome() throws IOException {
        ByteBuffer room = room();
        return deliverFrom(room, binding.channel().receive(room));
    }

    @Override
    protected boolean send(ByteBuffer bytes, SocketAddress to) throws IOException {
        if (bytes.hasRemaining()) {
            return binding.channel().send(bytes, to) > 0;
        }
        // The JDK sends nothing on a connected channel when there are no bytes to send. So from here on the channel is
        // not connected, and only the port knows the peer. To connect it again would discard what waits to be read.
        binding.channel().disconnect();
        binding.channel().send(bytes, to);
        return true;
    }

    @Override
    protected InetSocketAddress connect(InetSocketAddress to) throws IOException {
        return local(binding.channel().connect(to));
    }

    @Override
    protected <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return binding.channel().getOption(option);
    }

    @Override
    protected <T> void option(SocketOption<T> option, T value) throws IOException {
        binding.channel().setOption(option, value);
    }

    @Override
    protected String networkInterface(String nameOrAddress, InetAddress group) throws IOException {
        NetworkInterface found =
                nameOrAddress.isEmpty() ? NetworkInterfaces.towards(group) : NetworkInterfaces.named(nameOrAddress);
        return found.getName();
    }

    @Override
    protected Runnable join(InetAddress group, String networkInterface, @Nullable InetAddress source)
            throws IOException {
        NetworkInterface on = NetworkInterfaces.named(networkInterface);
        DatagramChannel channel = binding.channel();
        MembershipKey membership = source == null ? channel.join(group, on) : channel.join(group, on, source);
        return membership::drop;
    }

    @Override
    protected String outgoing() throws IOException {
        NetworkInterface chosen = option(StandardSocketOptions.IP_MULTICAST_IF);
        return chosen == null ? "" : chosen.getName();
    }

    @Override
    protected void outgoing(String nameOrAddress) throws IOException {
        option(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterfaces.named(nameOrAddress));
    }

    @Override
    protected void close() {
        binding.close();
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
