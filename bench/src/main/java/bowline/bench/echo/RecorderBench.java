package bowline.bench.echo;

import bowline.bench.server.Comparison;
import bowline.bench.server.Load;
import bowline.bench.server.ServerProcess;

/// What the Flight Recorder costs an echo server: one that is recorded beside one that is not, and first one that
/// is not recorded beside its like, which shows how far the figures can be trusted.
///
///     java -cp … bowline.bench.echo.RecorderBench [ROUNDS [MILLISECONDS]]
///
/// How it is measured and how to read it, tells [Comparison].
public final class RecorderBench {

    private RecorderBench() {}

    /// Measures each pair by turns and prints the ratios.
    ///
    /// @param args rounds (7) and milliseconds a sample (1000)
    public static void main(String... args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        long millis = args.length > 1 ? Long.parseLong(args[1]) : 1000;
        Load load = Load.of("echo", "64", "1", "64");
        IO.println("64 B, 64 connections");
        try (var off = ServerProcess.start("off", BowlineEcho.class, "nio");
                var offToo = ServerProcess.start("off too", BowlineEcho.class, "nio");
                var usual = ServerProcess.start("usual", RecordedEcho.class, "nio", "usual");
                var all = ServerProcess.start("all", RecordedEcho.class, "nio", "all")) {
            new Comparison(offToo, off, rounds, millis).run("off : off", load);
            new Comparison(usual, off, rounds, millis).run("on, usual thresholds : off", load);
            new Comparison(all, off, rounds, millis).run("on, every callback : off", load);
        }
    }
}
