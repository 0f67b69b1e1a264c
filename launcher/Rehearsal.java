import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs `bowline web` for a few requests so that the JVM writes down what it loaded: the AOT cache of JEP 514, with
/// which the next start is quicker. Called by `./bowline` after a build: JAVA_HOME, class path, cache.
class Rehearsal {

    private static final int REQUESTS = 20;
    private static final int CONNECT_TRIES = 500;
    private static final long PATIENCE_SECONDS = 30;

    public static void main(String[] args) throws Exception {
        Path site = Files.createTempDirectory("bowline-rehearsal");
        Path page = Files.writeString(site.resolve("index.html"), "<p>hello</p>");
        int port = freePort();
        Process server = start(args[0], args[1], args[2], site, port);
        try {
            for (int i = 0; i < REQUESTS; i++) {
                request(server, port);
            }
        } finally {
            server.destroy(); // SIGTERM: the cache is written on the way out
            boolean ended = server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            server.destroyForcibly();
            Files.delete(page);
            Files.delete(site);
            if (!ended) {
                System.exit(1);
            }
        }
    }

    private static Process start(String javaHome, String classPath, String cache, Path site, int port)
            throws IOException {
        return new ProcessBuilder(List.of(
                        javaHome + "/bin/java",
                        "-XX:AOTCacheOutput=" + cache,
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        "bowline.run.Main",
                        "web",
                        "--listen",
                        "tcp:" + port + ":interface=127.0.0.1",
                        "--path",
                        site.toString()))
                .inheritIO()
                .start();
    }

    /// A port that was free a moment ago. Should another program take it meanwhile, there is no cache, and no harm.
    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private static void request(Process server, int port) throws Exception {
        try (Socket socket = connect(server, port)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    private static Socket connect(Process server, int port) throws Exception {
        for (int i = 0; i < CONNECT_TRIES && server.isAlive(); i++) {
            try {
                return new Socket("127.0.0.1", port);
            } catch (IOException notYet) {
                Thread.sleep(20);
            }
        }
        throw new IOException("bowline web does not answer on port " + port);
    }
}
