package bowline.bench.idle;

import bowline.bench.server.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What one idle HTTP connection costs a server's heap, in all: its socket, its protocol, its share of timers and
/// tables. Each connection has had one request answered and waits for the next.
///
///     java -cp … bowline.bench.idle.IdleBench [CONNECTIONS]
///
/// Each connection takes a file descriptor here and one in the server.
public final class IdleBench {
    private static final int CONNECTIONS = 15_000;
    private static final int WARM_UP = 500;
    private static final byte[] REQUEST =
            "GET /index.html HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private IdleBench() {}

    /// Measures both servers, one after the other.
    ///
    /// @param args how many connections (15 000)
    public static void main(String... args) throws IOException {
        int connections = args.length > 0 ? Integer.parseInt(args[0]) : CONNECTIONS;
        try (var bowline = ServerProcess.start("bowline", BowlineSite.class);
                var netty = ServerProcess.start("netty-nio", NettySite.class)) {
            IO.println("heap of an idle HTTP connection after one request, " + connections + " held: bowline "
                    + idleBytes(bowline, connections) + " B, netty-nio " + idleBytes(netty, connections) + " B");
        }
    }

    private static long idleBytes(ServerProcess server, int connections) throws IOException {
        closeAll(open(server.port(), WARM_UP));
        long before = server.heapBytes();
        List<SocketChannel> held = open(server.port(), connections);
        long after = server.heapBytes();
        closeAll(held);
        return (after - before) / connections;
    }

    private static List<SocketChannel> open(int port, int count) throws IOException {
        var held = new ArrayList<SocketChannel>(count);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        ByteBuffer answer = ByteBuffer.allocateDirect(4096);
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(address);
            held.add(channel);
            channel.write(ByteBuffer.wrap(REQUEST));
            readAnswer(channel, answer.clear());
        }
        return held;
    }

    /// Reads until the body, `hello`, is there.
    private static void readAnswer(SocketChannel channel, ByteBuffer answer) throws IOException {
        while (answer.position() < 5 || answer.get(answer.position() - 1) != 'o') {
            if (channel.read(answer) < 0) {
                throw new IOException("the server closed the connection: it holds fewer than asked for");
            }
        }
    }

    private static void closeAll(List<SocketChannel> held) throws IOException {
        for (SocketChannel channel : held) {
            channel.close();
        }
    }
}
