package bowline.reactor.nio;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import bowline.reactor.loop.Accepted;
import bowline.reactor.loop.Loop;
import bowline.reactor.loop.StreamConnection;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/// An accepted socket channel that no selector knows yet.
record NioAccepted(SocketChannel channel, TransportLimits limits) implements Accepted {
    private static final Logger log = Logger.of(Reactor.class);

    @Override
    public StreamConnection on(Loop loop) throws IOException {
        var reactor = (NioReactor) loop;
        try {
            channel.configureBlocking(false);
            return NioConnection.on(reactor, channel, channel.register(reactor.selector(), 0), limits);
        } catch (IOException broken) {
            channel.close();
            throw broken;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException broken) {
            log.debug("closing failed: {reason}", Failure.of(broken).message());
        }
    }
}
