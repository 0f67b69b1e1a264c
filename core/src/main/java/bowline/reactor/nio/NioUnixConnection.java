package bowline.reactor.nio;

import bowline.protocol.PeerCredentials;
import bowline.protocol.TransportLimits;
import bowline.protocol.UnixTransport;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// A connection over a UNIX socket, of which the JDK knows the stream of bytes and no more.
final class NioUnixConnection extends NioConnection implements UnixTransport {

    NioUnixConnection(NioReactor reactor, SocketChannel channel, SelectionKey key, TransportLimits limits)
            throws IOException {
        super(reactor, channel, key, limits);
    }

    /// There is no reset to ask for: the peer sees a broken connection if it left bytes unread here, else the end.
    @Override
    void armReset() {}

    @Override
    public void sendFileDescriptor(int descriptor) {
        throw new UnsupportedOperationException("descriptor " + descriptor + " cannot be passed to " + peer()
                + ": the JDK passes no file descriptors; the Linux backends (bowline.linux) do");
    }

    @Override
    public PeerCredentials peerCredentials() {
        throw new UnsupportedOperationException(
                "the JDK does not tell which process " + peer() + " is; the Linux backends (bowline.linux) do");
    }
}
