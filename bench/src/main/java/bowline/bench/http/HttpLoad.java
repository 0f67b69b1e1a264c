package bowline.bench.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/// Load of HTTP requests: threads that each hold a connection and ask on it again and again for a page whose body is
/// `hello`.
public final class HttpLoad {
    private static final long WARM_UP_MILLIS = 300;
    private static final byte[] REQUEST =
            "GET /plaintext HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private HttpLoad() {}

    /// Loads one server for as long as it is told.
    ///
    /// @param args port, connections, and milliseconds to measure
    public static void main(String... args) throws InterruptedException {
        int port = Integer.parseInt(args[0]);
        var answers = new AtomicLong();
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            Thread.ofPlatform().daemon().start(() -> askForever(port, answers));
        }
        Thread.sleep(WARM_UP_MILLIS);
        IO.println("begin");
        long before = answers.get();
        long start = System.nanoTime();
        Thread.sleep(Long.parseLong(args[2]));
        IO.println("end " + (answers.get() - before) + " " + (System.nanoTime() - start));
    }

    private static void askForever(int port, AtomicLong answers) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            byte[] answer = new byte[4096];
            while (true) {
                socket.getOutputStream().write(REQUEST);
                readAnswer(socket.getInputStream(), answer);
                answers.incrementAndGet();
            }
        } catch (IOException ended) {
            // The server has gone, and the load ends soon.
        }
    }

    /// Reads until the body, `hello`, is there: no head ends with its last letter.
    private static void readAnswer(InputStream in, byte[] answer) throws IOException {
        int length = 0;
        while (length == 0 || answer[length - 1] != 'o') {
            int count = in.read(answer, length, answer.length - length);
            if (count < 0) {
                throw new IOException("the server closed the connection");
            }
            length += count;
        }
    }
}
