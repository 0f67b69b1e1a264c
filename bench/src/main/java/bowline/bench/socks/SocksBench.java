package bowline.bench.socks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/// Reads streams through each proxy and prints what a gigabyte costs the proxy and how fast it came, as medians,
/// and the ratio Bowline to each.
///
///     java -cp … bowline.bench.socks.SocksBench [ROUNDS [MILLISECONDS]]
///
/// Look at the processor time first: sender, proxy and reader share two cores. socat forwards one port and speaks
/// no SOCKS: it stands for the least that relaying costs in C with a process a connection; microsocks has a thread
/// for each. Proxies that are not installed are left out.
public final class SocksBench {
    private static final int[] CONNECTIONS = {1, 16};
    private static final int PIECE_BYTES = 1 << 18;
    private static final long WARM_UP_MILLIS = 1500;
    private static final String OURS = "bowline";

    private final int targetPort;

    private SocksBench(int targetPort) {
        this.targetPort = targetPort;
    }

    private record Sample(double cpuSecondsPerGigabyte, double gigabytesPerSecond) {}

    private record Proxy(ProxyProcess process, boolean socks) {}

    /// Measures every proxy by turns and prints the ratios.
    ///
    /// @param args rounds (3) and milliseconds a sample (1000)
    public static void main(String... args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        long millis = args.length > 1 ? Long.parseLong(args[1]) : 1000;
        try (var target = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> serve(target));
            var bench = new SocksBench(target.getLocalPort());
            Map<String, Proxy> proxies = bench.startAll();
            try {
                for (int connections : CONNECTIONS) {
                    bench.compare(proxies, connections, rounds, millis);
                }
            } finally {
                proxies.values().forEach(proxy -> proxy.process.close());
            }
        }
        System.exit(0); // readers and senders that wait for each other are of no more use
    }

    private Map<String, Proxy> startAll() throws IOException, InterruptedException {
        Map<String, Proxy> proxies = new LinkedHashMap<>();
        start(proxies, OURS, true, port -> ProxyProcess.java(BowlineSocks.class, port));
        start(proxies, "netty-nio", true, port -> ProxyProcess.java(NettySocks.class, port));
        if (Files.isExecutable(Path.of("/usr/bin/microsocks"))) {
            start(proxies, "microsocks", true, port -> List.of("microsocks", "-i", "127.0.0.1", "-p", "" + port));
        }
        if (Files.isExecutable(Path.of("/usr/bin/socat"))) {
            start(
                    proxies,
                    "socat -b65536",
                    false,
                    port -> List.of(
                            "socat",
                            "-b65536",
                            "TCP-LISTEN:" + port + ",bind=127.0.0.1,fork,reuseaddr",
                            "TCP:127.0.0.1:" + targetPort));
        }
        return proxies;
    }

    private static void start(Map<String, Proxy> proxies, String name, boolean socks, IntFunction<List<String>> command)
            throws IOException, InterruptedException {
        proxies.put(name, new Proxy(ProxyProcess.start(command), socks));
    }

    private void compare(Map<String, Proxy> proxies, int connections, int rounds, long millis) throws Exception {
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
        Sample ours = median(samples.getOrDefault(OURS, List.of()));
        samples.forEach((name, all) -> {
            Sample theirs = median(all);
            IO.println(String.format(
                    Locale.ROOT,
                    "%2d streams  %-14s cost %5.2f s/GB  rate %5.2f GB/s   bowline to it: cost %.2f, rate %.2f",
                    connections,
                    name,
                    theirs.cpuSecondsPerGigabyte,
                    theirs.gigabytesPerSecond,
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
                Socket socket = connect(proxy);
                sockets.add(socket);
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

    private Socket connect(Proxy proxy) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.process.port());
        if (proxy.socks) {
            socket.getOutputStream().write(new byte[] {5, 1, 0});
            expect(socket.getInputStream(), 2);
            byte[] request = {5, 1, 0, 1, 127, 0, 0, 1, (byte) (targetPort >> 8), (byte) targetPort};
            socket.getOutputStream().write(request);
            expect(socket.getInputStream(), 10);
        }
        return socket;
    }

    private static void expect(InputStream in, int count) throws IOException {
        byte[] reply = in.readNBytes(count);
        if (reply.length < count || reply[1] != 0) {
            throw new EOFException("a proxy answered " + Arrays.toString(reply));
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

    /// Sends to everybody who connects, for as long as they read.
    private static void serve(ServerSocket target) {
        try {
            while (true) {
                Socket socket = target.accept();
                Thread.ofPlatform().daemon().start(() -> send(socket));
            }
        } catch (IOException ended) {
            // The bench is over.
        }
    }

    private static void send(Socket socket) {
        byte[] piece = new byte[PIECE_BYTES];
        try (socket) {
            while (true) {
                socket.getOutputStream().write(piece);
            }
        } catch (IOException ended) {
            // The reader has gone.
        }
    }
}
