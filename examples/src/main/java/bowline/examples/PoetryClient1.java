package bowline.examples;

import bowline.failure.Failure;
import bowline.protocol.ConnectionDone;
import bowline.reactor.Reactor;
import bowline.reactor.ReadDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fetches poems with a socket object of its own that the reactor watches (seed P14, client 1.0): the
/// reactor says when to read, the object does all the rest. It connects before the loop runs and has no plan for a
/// server that is not there: it crashes.
///
///     ./bowline example poetry-client-1 [HOST:]PORT ...
public final class PoetryClient1 {
    private static final int READ_BYTES = 1024;

    private PoetryClient1() {}

    /// Prints the poems when the last is complete.
    public static void main(String... args) throws IOException {
        List<PoetryAddress> addresses = PoetryAddress.parse("poetry-client-1", args);
        Reactor reactor = Reactor.create();
        var sockets = new ArrayList<PoetrySocket>();
        for (PoetryAddress address : addresses) {
            sockets.add(new PoetrySocket(sockets.size() + 1, address, reactor));
        }
        reactor.run();
        for (PoetrySocket socket : sockets) {
            IO.print(socket.poem.toString(StandardCharsets.UTF_8));
        }
        IO.println("Got " + sockets.size() + " poems");
    }

    private static final class PoetrySocket implements ReadDescriptor {
        private final int task;
        private final PoetryAddress address;
        private final Reactor reactor;
        private final SocketChannel channel;
        private final ByteArrayOutputStream poem = new ByteArrayOutputStream();

        PoetrySocket(int task, PoetryAddress address, Reactor reactor) throws IOException {
            this.task = task;
            this.address = address;
            this.reactor = reactor;
            channel = SocketChannel.open(new InetSocketAddress(address.host(), address.port()));
            channel.configureBlocking(false);
            reactor.addReader(this);
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public String logPrefix() {
            return "poetry";
        }

        @Override
        public @Nullable Throwable doRead() throws IOException {
            ByteBuffer piece = ByteBuffer.allocate(READ_BYTES);
            int before = poem.size();
            int length = channel.read(piece);
            while (length > 0) {
                poem.write(piece.array(), 0, length);
                piece.clear();
                length = channel.read(piece);
            }
            if (length < 0) {
                IO.println("Task " + task + " finished");
                return ConnectionDone.FAILURE.value();
            }
            IO.println("Task " + task + ": got " + (poem.size() - before) + " bytes of poetry from " + address);
            return null;
        }

        @Override
        public void connectionLost(Failure reason) {
            try {
                channel.close();
            } catch (IOException broken) {
                IO.println("Task " + task + ": closing failed: " + broken.getMessage());
            }
            boolean last = reactor.readers().stream().noneMatch(reader -> reader instanceof PoetrySocket);
            if (last) {
                reactor.stop();
            }
        }
    }
}
