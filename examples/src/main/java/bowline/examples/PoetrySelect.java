package bowline.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Fetches all poems at once with a select loop written by hand (seed P13): wait until any socket has
/// something, read until it would block, wait again. What a reactor does, without one.
///
///     ./bowline example poetry-select [HOST:]PORT ...
public final class PoetrySelect {
    private static final int READ_BYTES = 1024;

    private PoetrySelect() {}

    private record Task(int number, PoetryAddress address, ByteArrayOutputStream poem) {}

    /// Prints what comes as it comes, then the poems.
    public static void main(String... args) throws IOException {
        List<PoetryAddress> addresses = PoetryAddress.parse("poetry-select", args);
        long start = System.nanoTime();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < addresses.size(); i++) {
                connect(selector, new Task(i + 1, addresses.get(i), new ByteArrayOutputStream()));
            }
            while (selector.keys().stream().anyMatch(SelectionKey::isValid)) {
                selector.select(PoetrySelect::read);
            }
        }
        IO.println("Got " + addresses.size() + " poems in " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }

    private static void connect(Selector selector, Task task) throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress(task.address.host(), task.address.port()));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, task);
    }

    private static void read(SelectionKey key) {
        var task = (Task) key.attachment();
        var channel = (SocketChannel) key.channel();
        try {
            int before = task.poem.size();
            boolean ended = readUntilItWouldBlock(channel, task.poem);
            if (!ended) {
                int got = task.poem.size() - before;
                IO.println("Task " + task.number + ": got " + got + " bytes of poetry from " + task.address);
                return;
            }
            IO.println("Task " + task.number + " finished");
            IO.print(task.poem.toString(StandardCharsets.UTF_8));
        } catch (IOException broken) {
            IO.println("Task " + task.number + " failed: " + broken.getMessage());
        }
        close(channel);
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException broken) {
            IO.println("closing failed: " + broken.getMessage());
        }
    }

    private static boolean readUntilItWouldBlock(SocketChannel channel, ByteArrayOutputStream poem) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(READ_BYTES);
        int length = channel.read(piece);
        while (length > 0) {
            poem.write(piece.array(), 0, length);
            piece.clear();
            length = channel.read(piece);
        }
        return length < 0;
    }
}
