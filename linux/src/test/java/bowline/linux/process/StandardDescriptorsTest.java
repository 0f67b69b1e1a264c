package bowline.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Standard input and output (STD-1) of a process of its own, [StandardCapitals].
@Timeout(60)
class StandardDescriptorsTest {
    @TempDir
    private Path folder;

    private static List<String> command(String backend) {
        return List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StandardCapitals.class.getName(),
                backend);
    }

    private static CompletableFuture<String> all(InputStream from) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return new String(from.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    @DisplayName("STD-1: pipes need no thread, and more than they hold passes")
    void pipes(String backend) throws Exception {
        Process program = new ProcessBuilder(command(backend)).start();
        CompletableFuture<String> said = all(program.getInputStream());
        CompletableFuture<String> errors = all(program.getErrorStream());
        var much = "a line of some length, again and again\n".repeat(20_000);
        try (var typing = program.getOutputStream()) {
            typing.write(much.getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(said.get().substring("READY\n".length())).isEqualTo(much.toUpperCase(Locale.ROOT));
        assertThat(errors.get()).contains("threads []").contains("ended by bowline.protocol.ConnectionDone");
        assertThat(program.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    @DisplayName("STD-1, FDS-8: a file is read on a thread, beside an output that needs none")
    void files(String backend) throws Exception {
        Path poem = Files.writeString(folder.resolve("poem"), "In Xanadu");
        Process program = new ProcessBuilder(command(backend))
                .redirectInput(poem.toFile())
                .start();
        CompletableFuture<String> errors = all(program.getErrorStream());

        assertThat(all(program.getInputStream()).get()).isEqualTo("READY\nIN XANADU");
        assertThat(errors.get()).contains("threads [stdio-in]");
        assertThat(program.waitFor()).isZero();
    }

    @Test
    @DisplayName("STD-1: a writer that has gone before anybody looked is at its end")
    void writersThatWereQuick() throws Exception {
        assertThat(shell("printf 'in xanadu' | \"$@\"", "epoll")).contains("READY", "IN XANADU", "threads []");
    }

    @Test
    @DisplayName("STD-1: a reader that has gone ends the program, and the terminal of others does not stop to block")
    void readersThatWent() throws Exception {
        String said = shell("{ printf 'in xanadu'; sleep 1; printf 'again'; sleep 5; } | \"$@\" | head -c 1", "epoll");
        assertThat(said).startsWith("R").contains("ended by bowline.protocol.ConnectionLost");
    }

    @Test
    @DisplayName("STD-1: a terminal is polled, and is as it was for whoever else has it")
    void terminals() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script (bsdutils) is not here");
        List<String> all = new ArrayList<>();
        command("epoll").forEach(part -> all.add("'" + part + "'"));
        String inside = String.join(" ", all) + "; grep flags: /proc/self/fdinfo/0";
        Process terminal = new ProcessBuilder("script", "-qec", inside, "/dev/null")
                .redirectErrorStream(true)
                .start();
        CompletableFuture<String> said = all(terminal.getInputStream());
        try (var typing = terminal.getOutputStream()) {
            typing.write("in xanadu\n\u0004".getBytes(StandardCharsets.US_ASCII));
            typing.flush();
            assertThat(terminal.waitFor(40, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(said.get()).contains("READY", "IN XANADU", "threads []");
        int flags = Integer.parseInt(said.get().replaceAll("(?s).*flags:\\s*([0-7]+).*", "$1"), 8);
        assertThat(flags & 0x800).as("O_NONBLOCK").isZero();
    }

    private String shell(String line, String backend) throws Exception {
        var command = new ArrayList<>(List.of("sh", "-c", line, "sh"));
        command.addAll(command(backend));
        Process shell = new ProcessBuilder(command).redirectErrorStream(true).start();
        shell.getOutputStream().close();
        String said = all(shell.getInputStream()).get();
        assertThat(shell.waitFor(40, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
