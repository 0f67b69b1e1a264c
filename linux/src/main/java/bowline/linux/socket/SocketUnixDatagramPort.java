package bowline.linux.socket;

import bowline.failure.Failure;
import bowline.linux.system.ReceivedDatagrams;
import bowline.linux.system.SocketOptionName;
import bowline.linux.system.Sockets;
import bowline.protocol.PeerCredentials;
import bowline.reactor.UnixDatagramOptions;
import bowline.reactor.loop.UnixPacketPort;
import bowline.reactor.loop.UnixPackets;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A UNIX socket of datagrams (UNX-8).
final class SocketUnixDatagramPort extends UnixPacketPort implements DescriptorHandler {
    private final DescriptorReactor reactor;
    private final DescriptorBinding binding;
    private final UnixDatagramOptions options;
    private boolean connected;
    private @Nullable PeerCredentials sender;

    SocketUnixDatagramPort(DescriptorReactor reactor, UnixPackets wanted) {
        super(wanted);
        this.reactor = reactor;
        options = wanted.options();
        binding = new DescriptorBinding(reactor);
    }

    @Override
    protected void open(@Nullable SocketAddress local) throws IOException {
        connected = false;
        int socket = reactor.sockets().open(Sockets.UNIX, Sockets.DATAGRAM);
        binding.opened(socket);
        if (options.credentials()) {
            reactor.sockets().option(socket, SocketOptionName.PASS_CREDENTIALS, 1);
        }
        if (local != null) {
            reactor.sockets().bind(socket, local);
        }
        binding.watchFor(this);
    }

    @Override
    protected void connect(SocketAddress to) throws IOException {
        reactor.datagrams().connect(binding.descriptor(), Sockets.UNIX, to);
        connected = true;
    }

    @Override
    protected void reading(boolean on) {
        binding.wantReading(on);
    }

    @Override
    protected boolean readSome() throws IOException {
        int most = ReceivedDatagrams.most(readable(), options.packetMaxBytes());
        int count = receive(most, options.packetMaxBytes());
        ReceivedDatagrams received = reactor.receivedDatagrams();
        for (int i = 0; i < count && listening(); i++) {
            sender = received.credentials(i);
            deliver(received.datagram(i), received.from(i));
        }
        sender = null;
        return count == most;
    }

    @Override
    protected void discard() throws IOException {
        int most = ReceivedDatagrams.most(Integer.MAX_VALUE, 1);
        int count;
        do {
            count = receive(most, 1);
        } while (count == most);
    }

    private int receive(int most, int packetMaxBytes) throws IOException {
        int control = options.credentials() ? ReceivedDatagrams.CREDENTIALS_BYTES : 0;
        return reactor.receivedDatagrams().receive(binding.descriptor(), most, packetMaxBytes, control);
    }

    @Override
    protected boolean send(ByteBuffer bytes, SocketAddress to) throws IOException {
        return reactor.datagrams().send(binding.descriptor(), bytes, Sockets.UNIX, connected ? null : to);
    }

    @Override
    public @Nullable PeerCredentials senderCredentials() {
        return sender;
    }

    @Override
    protected void close() {
        binding.close();
    }

    @Override
    public void ready(int events) {
        readReady();
    }

    @Override
    public void disconnected(Failure reason) {
        disconnected();
    }
}
