package bowline.bench.socks;

import bowline.bench.proxy.ProxyProcess;
import bowline.bench.proxy.StreamBench;
import bowline.bench.proxy.StreamBench.Opening;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// What a stream costs a SOCKS proxy.
///
///     java -cp … bowline.bench.socks.SocksBench [ROUNDS [MILLISECONDS]]
///
/// socat forwards one port and speaks no SOCKS: it stands for the least that relaying costs in C with a process a
/// connection; microsocks has a thread for each. Proxies that are not installed are left out.
public final class SocksBench {

    private SocksBench() {}

    /// Measures every proxy by turns and prints the ratios.
    ///
    /// @param args rounds (3) and milliseconds a sample (1000)
    public static void main(String... args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        long millis = args.length > 1 ? Long.parseLong(args[1]) : 1000;
        try (var bench = new StreamBench()) {
            bench.add("bowline", SocksBench::connect, port -> ProxyProcess.java(BowlineSocks.class, port));
            bench.add("netty-nio", SocksBench::connect, port -> ProxyProcess.java(NettySocks.class, port));
            if (Files.isExecutable(Path.of("/usr/bin/microsocks"))) {
                bench.add(
                        "microsocks",
                        SocksBench::connect,
                        port -> List.of("microsocks", "-i", "127.0.0.1", "-p", "" + port));
            }
            if (Files.isExecutable(Path.of("/usr/bin/socat"))) {
                bench.add("socat -b65536", Opening.SILENT, port -> ProxyProcess.socat(port, bench.targetPort()));
            }
            bench.run(rounds, millis);
        }
        System.exit(0); // readers and senders that wait for each other are of no more use
    }

    private static void connect(Socket socket, int targetPort) throws IOException {
        socket.getOutputStream().write(new byte[] {5, 1, 0});
        expect(socket.getInputStream(), 2);
        byte[] request = {5, 1, 0, 1, 127, 0, 0, 1, (byte) (targetPort >> 8), (byte) targetPort};
        socket.getOutputStream().write(request);
        expect(socket.getInputStream(), 10);
    }

    private static void expect(InputStream in, int count) throws IOException {
        byte[] reply = in.readNBytes(count);
        if (reply.length < count || reply[1] != 0) {
            throw new EOFException("a proxy answered " + Arrays.toString(reply));
        }
    }
}
