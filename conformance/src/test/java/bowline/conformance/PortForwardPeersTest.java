package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.junit.Program;
import bowline.run.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// FWD-1: `bowline portforward` between programs that we did not write.
@DisabledOnOs(OS.WINDOWS)
class PortForwardPeersTest {
    private static final int EACH_WAY_BYTES = 20_000_000;
    private static final int STALLED_BYTES = 150_000_000;
    private static final int PIECE_BYTES = 1 << 16;

    /// More than what a relay that does not press back may hold before it gives up (`outboundMaxBytes`), and more
    /// than the buffers of all the sockets on the way.
    private static final int HELD_UP_MAX_BYTES = 100_000_000;

    @TempDir
    private Path folder;

    private Program forward;

    @AfterEach
    void stop() {
        if (forward != null) {
            forward.close();
        }
    }

    /// The port that is passed on to `target`.
    private String forwardTo(Object target, String... more) throws Exception {
        String[] words = {
            "--log-format",
            "text",
            "portforward",
            "--listen",
            "tcp:0:interface=127.0.0.1",
            "--to",
            "tcp:127.0.0.1:" + target
        };
        forward = Program.start(
                Main.class, Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new));
        return forward.port();
    }

    private static byte[] random(int seed) {
        byte[] bytes = new byte[EACH_WAY_BYTES];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void signal(Process process, String name) throws Exception {
        Foreign.run("kill", "-" + name, String.valueOf(process.pid()));
    }

    @Test
    @DisplayName("nc on both ends: lines both ways, and more questions when the answers have ended")
    void netcat() throws Exception {
        Foreign.require("nc");
        try (Program server = Program.command(List.of("nc", "-N", "-v", "-l", "127.0.0.1", "0"))) {
            String target = server.await("Listening on \\S+ (\\d+)").group(1);
            try (Program client = Program.command(List.of("nc", "-N", "127.0.0.1", forwardTo(target)))) {
                client.typeLine("who is there?");
                server.await("who is there\\?");
                server.type("it is me, bye\n");
                client.await("it is me, bye");
                client.type("good bye\n");
                server.await("good bye");
                assertEquals(0, client.exitCode());
                assertEquals(0, server.exitCode());
            }
        }
    }

    @Test
    @DisplayName("socat on both ends, the server reading by fits and starts: 20 MB each way at once")
    void socat() throws Exception {
        Foreign.require("socat");
        byte[] up = random(1);
        byte[] down = random(2);
        Path answer = Files.write(folder.resolve("answer"), down);
        Path heard = folder.resolve("heard");
        Process server = socatServer(answer, heard);
        try {
            String port = forwardTo(port(server));
            CompletableFuture<Foreign.Result> client = CompletableFuture.supplyAsync(() -> socatClient(up, port));
            while (!client.isDone()) {
                signal(server, "STOP");
                TimeUnit.MILLISECONDS.sleep(30);
                signal(server, "CONT");
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertEquals(0, client.get().exitCode(), client.get().err());
            assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertEquals(hash(down), hash(client.get().out()));
            assertEquals(hash(up), hash(Files.readAllBytes(heard)));
        } finally {
            server.destroyForcibly();
        }
    }

    /// Sends `answer`, and writes to `heard`, until both directions have ended.
    private Process socatServer(Path answer, Path heard) throws Exception {
        return new ProcessBuilder("socat", "-d", "-d", "-t60", "TCP-LISTEN:0,bind=127.0.0.1,rcvbuf=65536", "STDIO")
                .redirectInput(answer.toFile())
                .redirectOutput(heard.toFile())
                .start();
    }

    private static int port(Process socat) throws IOException {
        String line = socat.errorReader().readLine();
        assertThat(line).contains("listening on ");
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    private static Foreign.Result socatClient(byte[] input, String port) {
        try {
            return Foreign.run(input, "socat", "-t60", "STDIO", "TCP:127.0.0.1:" + port);
        } catch (Exception failed) {
            throw new AssertionError("socat did not run", failed);
        }
    }

    private static String hash(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    @DisplayName("FWD-1: while the server does not read at all, the client can send no more; then everything arrives")
    void pressesBack() throws Exception {
        Foreign.require("socat");
        Path heard = folder.resolve("heard");
        Process server = socatServer(Path.of("/dev/null"), heard);
        Process client = null;
        try {
            String port = forwardTo(port(server));
            client = new ProcessBuilder("socat", "-t60", "-u", "STDIN", "TCP:127.0.0.1:" + port).start();
            var given = new AtomicLong();
            CompletableFuture<String> hash = sending(client.getOutputStream(), given);
            Await.until(() -> given.get() > PIECE_BYTES && Files.size(heard) > 0, () -> "something has come through");
            signal(server, "STOP");
            long held = awaitStall(given);
            assertThat(held).isLessThan(HELD_UP_MAX_BYTES);
            assertThat(hash).isNotDone();
            signal(server, "CONT");
            String sent = hash.get(60, TimeUnit.SECONDS);
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertEquals(sent, hash(Files.readAllBytes(heard)));
        } finally {
            server.destroyForcibly();
            if (client != null) {
                client.destroyForcibly();
            }
        }
    }

    /// Sends random bytes on a thread of its own and then ends; gives their hash.
    private static CompletableFuture<String> sending(OutputStream to, AtomicLong given) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (to) {
                        MessageDigest digest = MessageDigest.getInstance("SHA-256");
                        var random = new Random(3);
                        byte[] piece = new byte[PIECE_BYTES];
                        while (given.get() < STALLED_BYTES) {
                            random.nextBytes(piece);
                            digest.update(piece);
                            to.write(piece);
                            given.addAndGet(piece.length);
                        }
                        return HexFormat.of().formatHex(digest.digest());
                    } catch (Exception failed) {
                        throw new AssertionError("after " + given + " bytes nothing more could be sent", failed);
                    }
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }

    /// Waits until nothing more is taken for half a second; gives how much was.
    private static long awaitStall(AtomicLong given) throws Exception {
        long[] before = {-1};
        Await.until(
                () -> {
                    TimeUnit.MILLISECONDS.sleep(500);
                    return before[0] == (before[0] = given.get());
                },
                () -> "the client stops sending; it has sent " + given);
        return before[0];
    }

    @Test
    @DisplayName("Twisted on both ends: three million bytes and their echo")
    void twisted() throws Exception {
        try (var server = TwistedPeer.start("echo-server")) {
            assertEquals("same\n", TwistedPeer.client("echo-client", Integer.parseInt(forwardTo(server.port()))));
        }
    }

    @Test
    @DisplayName("a chain: our forward passes on to Twisted's, that to Twisted's echo")
    void twistedChain() throws Exception {
        try (var server = TwistedPeer.start("echo-server");
                var theirs = TwistedPeer.start("forward-server", server.port())) {
            assertEquals("same\n", TwistedPeer.client("echo-client", Integer.parseInt(forwardTo(theirs.port()))));
        }
    }

    @Test
    @DisplayName("--rate holds back what nc sends, and nothing of it is lost")
    void rate() throws Exception {
        Foreign.require("nc");
        byte[] sent = new byte[300_000];
        new Random(4).nextBytes(sent);
        Path heard = folder.resolve("heard");
        Process server = new ProcessBuilder("nc", "-v", "-d", "-l", "127.0.0.1", "0")
                .redirectOutput(heard.toFile())
                .start();
        try {
            String line = server.errorReader().readLine();
            String port = forwardTo(line.substring(line.lastIndexOf(' ') + 1), "--rate", "200k");
            long start = System.nanoTime();
            assertEquals(0, Foreign.run(sent, "nc", "-N", "127.0.0.1", port).exitCode());
            assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
            // 20 kB at once, and the rest at 200 kB a second.
            assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1300));
            assertArrayEquals(sent, Files.readAllBytes(heard));
        } finally {
            server.destroyForcibly();
        }
    }
}
