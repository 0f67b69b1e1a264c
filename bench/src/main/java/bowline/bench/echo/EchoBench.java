package bowline.bench.echo;

import bowline.bench.server.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Runs both servers in turn under the same loads and prints, for each load, what one message costs the
/// server and how many a second there were, as medians and as the ratio Bowline to Netty NIO.
///
///     java -cp … bowline.bench.echo.EchoBench [ROUNDS [MILLISECONDS]]
///
/// Look at the processor time first: the load and the server saturate together, so rates understate
/// differences. A ratio below 1 in `cost` and above 1 in `rate` is in Bowline's favour.
public final class EchoBench {
    private static final Workload[] WORKLOADS = {
        new Workload("64 B, 1 connection", 1, 1, 64),
        new Workload("64 B, 64 connections", 64, 1, 64),
        new Workload("64 B, 1000 connections", 1000, 1, 64),
        new Workload("64 B, 64 connections, 16 deep", 64, 16, 64),
        new Workload("16 KiB, 16 connections", 16, 1, 16384),
    };
    private static final int IDLE_CONNECTIONS = 4000;
    private static final long WARM_UP_MILLIS = 1500;

    private EchoBench() {}

    private record Workload(String name, int connections, int depth, int size) {}

    private record Sample(double microsPerMessage, double messagesPerSecond) {}

    /// Measures every workload on both servers by turns and prints the ratios.
    ///
    /// Runs everything and prints it.
    ///
    /// @param args rounds (5) and milliseconds a sample (1000)
    public static void main(String... args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        long millis = args.length > 1 ? Long.parseLong(args[1]) : 1000;
        try (var bowline = ServerProcess.start("bowline", BowlineEcho.class, "nio");
                var netty = ServerProcess.start("netty-nio", NettyEcho.class)) {
            IO.println("heap of an idle connection, " + IDLE_CONNECTIONS + " held: bowline " + idleBytes(bowline)
                    + " B, netty-nio " + idleBytes(netty) + " B");
            for (Workload workload : WORKLOADS) {
                compare(workload, bowline, netty, rounds, millis);
            }
        }
    }

    private static void compare(Workload workload, ServerProcess bowline, ServerProcess netty, int rounds, long millis)
            throws Exception {
        var ours = new ArrayList<Sample>();
        var theirs = new ArrayList<Sample>();
        sample(bowline, workload, WARM_UP_MILLIS, 1);
        sample(netty, workload, WARM_UP_MILLIS, 1);
        for (int round = 0; round < rounds; round++) {
            boolean oursFirst = round % 2 == 0;
            if (oursFirst) {
                ours.add(sample(bowline, workload, millis / 5, millis));
            }
            theirs.add(sample(netty, workload, millis / 5, millis));
            if (!oursFirst) {
                ours.add(sample(bowline, workload, millis / 5, millis));
            }
        }
        double ourCost =
                median(ours.stream().mapToDouble(Sample::microsPerMessage).toArray());
        double theirCost =
                median(theirs.stream().mapToDouble(Sample::microsPerMessage).toArray());
        double ourRate =
                median(ours.stream().mapToDouble(Sample::messagesPerSecond).toArray());
        double theirRate =
                median(theirs.stream().mapToDouble(Sample::messagesPerSecond).toArray());
        IO.println(String.format(
                Locale.ROOT,
                "%-30s cost %6.2f us : %6.2f us = %.2f   rate %8.0f/s : %8.0f/s = %.2f",
                workload.name,
                ourCost,
                theirCost,
                ourCost / theirCost,
                ourRate,
                theirRate,
                ourRate / theirRate));
    }

    private static Sample sample(ServerProcess server, Workload workload, long warmUpMillis, long millis)
            throws IOException, InterruptedException {
        Process load = ServerProcess.java(
                        "1",
                        EchoLoad.class,
                        String.valueOf(server.port()),
                        String.valueOf(workload.connections),
                        String.valueOf(workload.depth),
                        String.valueOf(workload.size),
                        String.valueOf(warmUpMillis),
                        String.valueOf(millis))
                .start();
        try (var lines = load.inputReader()) {
            expect(lines.readLine(), "begin");
            long cpuBefore = server.cpuNanos();
            String[] end = expect(lines.readLine(), "end").split(" ");
            long cpu = server.cpuNanos() - cpuBefore;
            double messages = Double.parseDouble(end[1]);
            return new Sample(cpu / 1e3 / messages, messages / (Double.parseDouble(end[2]) / 1e9));
        } finally {
            load.destroy();
            load.waitFor();
        }
    }

    private static String expect(@Nullable String line, String start) throws IOException {
        if (line == null || !line.startsWith(start)) {
            throw new IOException("the load said \"" + line + "\" where \"" + start + "\" was expected");
        }
        return line;
    }

    private static long idleBytes(ServerProcess server) throws IOException {
        server.heapBytes();
        long before = server.heapBytes();
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < IDLE_CONNECTIONS; i++) {
                idle.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            return (server.heapBytes() - before) / IDLE_CONNECTIONS;
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
