package bowline.reactor.contract;

import bowline.protocol.Address;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Clients with threads and blocking sockets, each of which says a word and expects it back.
public final class Guests implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Address.IPv4 host;
    private final int together;
    private final ExecutorService threads;

    /// What became of them: `served`, or `lost` after they had connected, or because nobody listened.
    public record Counts(int served, int lost) {}

    Guests(Address host, int together) {
        this.host = (Address.IPv4) host;
        this.together = together;
        threads = Executors.newFixedThreadPool(together);
    }

    /// So many visits, some at the same time.
    Counts visit(int number) throws Exception {
        var left = new AtomicInteger(number);
        var served = new AtomicInteger();
        var lost = new AtomicInteger();
        var all = new ArrayList<Future<?>>();
        for (int i = 0; i < together; i++) {
            all.add(threads.submit(() -> {
                while (left.getAndDecrement() > 0) {
                    (visit() ? served : lost).incrementAndGet();
                }
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        return new Counts(served.get(), lost.get());
    }

    private boolean visit() {
        try (var socket = new Socket(host.host(), host.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write('x');
            boolean answered = socket.getInputStream().read() == 'x';
            socket.shutdownOutput();
            return answered && socket.getInputStream().read() < 0;
        } catch (IOException broken) {
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
