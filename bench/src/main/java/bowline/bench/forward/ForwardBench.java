package bowline.bench.forward;

import bowline.bench.proxy.ProxyProcess;
import bowline.bench.proxy.StreamBench;
import bowline.bench.proxy.StreamBench.Opening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a stream costs whoever forwards it.
///
///     java -cp … bowline.bench.forward.ForwardBench [ROUNDS [MILLISECONDS]]
///
/// HAProxy is held to one thread, as the others have, and may splice, which is its way not to touch the bytes at all;
/// socat has a process for each connection. Those that are not installed are left out.
public final class ForwardBench {
    private ForwardBench() {}

    /// Measures everybody by turns and prints the ratios.
    ///
    /// @param args rounds (3) and milliseconds a sample (1000)
    public static void main(String... args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        long millis = args.length > 1 ? Long.parseLong(args[1]) : 1000;
        try (var bench = new StreamBench()) {
            String target = "" + bench.targetPort();
            bench.add("bowline", Opening.SILENT, port -> ProxyProcess.java(BowlineForward.class, port, target));
            bench.add("netty-nio", Opening.SILENT, port -> ProxyProcess.java(NettyForward.class, port, target));
            if (Files.isExecutable(Path.of("/usr/sbin/haproxy"))) {
                bench.add("haproxy", Opening.SILENT, port -> haproxy(port, bench.targetPort(), ""));
                bench.add(
                        "haproxy splice",
                        Opening.SILENT,
                        port -> haproxy(port, bench.targetPort(), "option splice-auto"));
            }
            if (Files.isExecutable(Path.of("/usr/bin/socat"))) {
                bench.add("socat -b65536", Opening.SILENT, port -> ProxyProcess.socat(port, bench.targetPort()));
            }
            bench.run(rounds, millis);
        }
        System.exit(0); // readers and senders that wait for each other are of no more use
    }

    private static List<String> haproxy(int port, int target, String option) {
        try {
            Path config = Files.createTempFile("haproxy", ".cfg");
            config.toFile().deleteOnExit();
            Files.writeString(config, """
                    global
                        nbthread 1
                        tune.bufsize 65536
                    defaults
                        mode tcp
                        timeout connect 5s
                        timeout client 1m
                        timeout server 1m
                    listen forward
                        bind 127.0.0.1:%d
                        %s
                        server target 127.0.0.1:%d
                    """.formatted(port, option, target));
            return List.of("/usr/sbin/haproxy", "-db", "-f", config.toString());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
