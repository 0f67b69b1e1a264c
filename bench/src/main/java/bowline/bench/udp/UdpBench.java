package bowline.bench.udp;

import bowline.bench.server.Comparison;
import bowline.bench.server.Load;
import bowline.bench.server.ServerProcess;

/// Runs both UDP echo servers by turns under the same loads and prints the ratios.
///
///     java -cp … bowline.bench.udp.UdpBench [ROUNDS [MILLISECONDS]]
public final class UdpBench {

    private UdpBench() {}

    /// Runs everything and prints it.
    ///
    /// @param args rounds (5) and milliseconds a sample (1000)
    public static void main(String... args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        long millis = args.length > 1 ? Long.parseLong(args[1]) : 1000;
        try (var bowline = ServerProcess.start("bowline", BowlineUdpEcho.class, "nio");
                var netty = ServerProcess.start("netty-nio", NettyUdpEcho.class)) {
            var comparison = new Comparison(bowline, netty, rounds, millis);
            comparison.run("64 B, 1 socket", Load.java(UdpLoad.class, "1", "1", "64"));
            comparison.run("64 B, 1 socket, 32 deep", Load.java(UdpLoad.class, "1", "32", "64"));
            comparison.run("64 B, 64 sockets", Load.java(UdpLoad.class, "64", "1", "64"));
            comparison.run("1200 B, 64 sockets", Load.java(UdpLoad.class, "64", "1", "1200"));
            comparison.run("64 B, 1000 sockets", Load.java(UdpLoad.class, "1000", "1", "64"));
        }
    }
}
