package bowline.bench.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/// Reads streams through several proxies by turns, and prints what a gigabyte costs each proxy and how fast it came,
/// as medians, and the ratio of the first to each.
///
/// Look at the processor time first: sender, proxy and reader share two cores.
public final class StreamBench implements AutoCloseable {
    static final int PIECE_BYTES = 1 << 18;

    private static final int[] CONNECTIONS = {1, 16};
    private static final long WARM_UP_MILLIS = 1500;

    private final StreamSource source = new StreamSource();
    private final Map<String, Proxy> proxies = new LinkedHashMap<>();

    /// Without proxies yet.
    public StreamBench() throws IOException {}

    /// What a client says to a proxy before the stream begins.
    @FunctionalInterface
    public interface Opening {

        /// For a proxy that is not spoken to.
        Opening SILENT = (_, _) -> {};

        /// Has `socket` joined to `targetPort` of the loopback.
        void open(Socket socket, int targetPort) throws IOException;
    }

    private record Proxy(ProxyProcess process, Opening opening) {}

    private record Sample(double cpuSecondsPerGigabyte, double gigabytesPerSecond) {}

    /// Where the streams come from, for proxies that are told when they start.
    public int targetPort() {
        return source.port();
    }

    /// Starts a proxy; the first one is compared with the others.
    ///
    /// @param command that starts it to listen at a port
    public void add(String name, Opening opening, IntFunction<List<String>> command) throws IOException {
        proxies.put(name, new Proxy(ProxyProcess.start(command), opening));
    }

    /// Measures every proxy by turns, with one stream and with several.
    public void run(int rounds, long millis) throws Exception {
        for (int connections : CONNECTIONS) {
            Map<String, List<Sample>> samples = new LinkedHashMap<>();
            for (int round = -1; round < rounds; round++) {
                for (var each : proxies.entrySet()) {
                    Sample sample = sample(each.getValue(), connections, round < 0 ? WARM_UP_MILLIS : millis);
                    if (round >= 0) {
                        samples.computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
                                .add(sample);
                    }
                }
            }
            print(connections, samples);
        }
    }

    private static void print(int connections, Map<String, List<Sample>> samples) {
        var first = samples.entrySet().iterator().next();
        Sample ours = median(first.getValue());
        samples.forEach((name, all) -> {
            Sample theirs = median(all);
            IO.println(String.format(
                    Locale.ROOT,
                    "%2d streams  %-14s cost %5.2f s/GB  rate %5.2f GB/s   %s to it: cost %.2f, rate %.2f",
                    connections,
                    name,
                    theirs.cpuSecondsPerGigabyte,
                    theirs.gigabytesPerSecond,
                    first.getKey(),
                    ours.cpuSecondsPerGigabyte / theirs.cpuSecondsPerGigabyte,
                    ours.gigabytesPerSecond / theirs.gigabytesPerSecond));
        });
    }

    private static Sample median(List<Sample> samples) {
        double[] costs = samples.stream()
                .mapToDouble(Sample::cpuSecondsPerGigabyte)
                .sorted()
                .toArray();
        double[] rates = samples.stream()
                .mapToDouble(Sample::gigabytesPerSecond)
                .sorted()
                .toArray();
        return new Sample(costs[costs.length / 2], rates[rates.length / 2]);
    }

    private Sample sample(Proxy proxy, int connections, long millis) throws Exception {
        var bytes = new AtomicLong();
        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 0; i < connections; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.process.port());
                sockets.add(socket);
                proxy.opening.open(socket, source.port());
                Thread.ofPlatform().daemon().start(() -> read(socket, bytes));
            }
            Thread.sleep(millis / 5);
            long cpu = proxy.process.cpuNanos();
            long before = bytes.get();
            long start = System.nanoTime();
            Thread.sleep(millis);
            double gigabytes = (bytes.get() - before) / 1e9;
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Sample((proxy.process.cpuNanos() - cpu) / 1e9 / gigabytes, gigabytes / seconds);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static void read(Socket socket, AtomicLong bytes) {
        byte[] piece = new byte[PIECE_BYTES];
        try (InputStream in = socket.getInputStream()) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                bytes.addAndGet(count);
            }
        } catch (IOException ended) {
            // The sample is over.
        }
    }

    @Override
    public void close() throws IOException {
        proxies.values().forEach(proxy -> proxy.process.close());
        source.close();
    }
}
