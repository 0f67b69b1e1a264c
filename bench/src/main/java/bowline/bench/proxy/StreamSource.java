package bowline.bench.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Where the streams come from: sends to everybody who connects, for as long as they read.
final class StreamSource implements AutoCloseable {
    private final ServerSocket listening;

    StreamSource() throws IOException {
        listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::serve);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = listening.accept();
                Thread.ofPlatform().daemon().start(() -> send(socket));
            }
        } catch (IOException ended) {
            // The bench is over.
        }
    }

    private static void send(Socket socket) {
        byte[] piece = new byte[StreamBench.PIECE_BYTES];
        try (socket) {
            while (true) {
                socket.getOutputStream().write(piece);
            }
        } catch (IOException ended) {
            // The reader has gone.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
