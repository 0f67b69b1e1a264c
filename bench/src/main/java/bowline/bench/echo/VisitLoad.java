package bowline.bench.echo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/// Load of short connections: four threads, each of which connects, has one byte echoed, and closes by a reset so that
/// the ports do not run out.
public final class VisitLoad {
    private static final int THREADS = 4;
    private static final long WARM_UP_MILLIS = 200;

    private VisitLoad() {}

    /// Loads one server for as long as it is told.
    ///
    /// @param args port and milliseconds to measure
    public static void main(String... args) throws InterruptedException {
        int port = Integer.parseInt(args[0]);
        var visits = new AtomicLong();
        for (int i = 0; i < THREADS; i++) {
            Thread.ofPlatform().daemon().start(() -> visitForever(port, visits));
        }
        Thread.sleep(WARM_UP_MILLIS);
        IO.println("begin");
        long before = visits.get();
        long start = System.nanoTime();
        Thread.sleep(Long.parseLong(args[1]));
        IO.println("end " + (visits.get() - before) + " " + (System.nanoTime() - start));
    }

    private static void visitForever(int port, AtomicLong visits) {
        while (true) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream().write('x');
                if (socket.getInputStream().read() == 'x') {
                    visits.incrementAndGet();
                }
            } catch (IOException ended) {
                return;
            }
        }
    }
}
