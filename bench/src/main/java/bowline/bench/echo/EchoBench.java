package bowline.bench.echo;

import bowline.bench.server.Comparison;
import bowline.bench.server.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// Runs both servers in turn under the same loads and prints, for each load, what one message costs the
/// server and how many a second there were, as medians and as the ratio Bowline to Netty NIO.
///
///     java -cp … bowline.bench.echo.EchoBench [ROUNDS [MILLISECONDS [BACKEND]]]
///
/// How it is measured and how to read it, tells [Comparison].
public final class EchoBench {
    private static final Workload[] WORKLOADS = {
        new Workload("64 B, 1 connection", 1, 1, 64),
        new Workload("64 B, 64 connections", 64, 1, 64),
        new Workload("64 B, 1000 connections", 1000, 1, 64),
        new Workload("64 B, 64 connections, 16 deep", 64, 16, 64),
        new Workload("16 KiB, 16 connections", 16, 1, 16384),
    };
    private static final int IDLE_CONNECTIONS = 4000;

    private EchoBench() {}

    private record Workload(String name, int connections, int depth, int size) {
        String[] arguments() {
            return new String[] {String.valueOf(connections), String.valueOf(depth), String.valueOf(size)};
        }
    }

    /// Measures every workload on both servers by turns and prints the ratios.
    ///
    /// @param args rounds (5), milliseconds a sample (1000) and the backend of our reactor (nio)
    public static void main(String... args) throws Exception {
        String backend = args.length > 2 ? args[2] : "nio";
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        long millis = args.length > 1 ? Long.parseLong(args[1]) : 1000;
        try (var bowline = ServerProcess.start("bowline-" + backend, BowlineEcho.class, backend);
                var netty = ServerProcess.start("netty-nio", NettyEcho.class)) {
            IO.println("heap of an idle connection, " + IDLE_CONNECTIONS + " held: bowline-" + backend + " "
                    + idleBytes(bowline) + " B, netty-nio " + idleBytes(netty) + " B");
            var comparison = new Comparison(bowline, netty, EchoLoad.class, rounds, millis);
            for (Workload workload : WORKLOADS) {
                comparison.run(workload.name, workload.arguments());
            }
        }
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
}
