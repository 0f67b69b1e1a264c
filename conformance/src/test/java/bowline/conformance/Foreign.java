package bowline.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Programs that we did not write, run as children with a time limit.
final class Foreign {

    /// No foreign program may take longer.
    static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    private Foreign() {}

    /// What a program left behind.
    record Result(int exitCode, byte[] out, String err) {
        String text() {
            return new String(out, StandardCharsets.UTF_8);
        }
    }

    /// Skips the test, naming the program, where it is not installed.
    static void require(String program) {
        boolean found = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        Assumptions.assumeTrue(found, program + " is not installed");
    }

    /// The Python that has Debian's packages; skips the test where it lacks one of `modules`.
    static String python(String... modules) throws Exception {
        String python = "/usr/bin/python3";
        Assumptions.assumeTrue(Files.isExecutable(Path.of(python)), python + " is not installed");
        for (String module : modules) {
            Result probe = run(new byte[0], python, "-c", "import " + module);
            Assumptions.assumeTrue(probe.exitCode == 0, "python3 has no module " + module);
        }
        return python;
    }

    /// A script of this package, as a file that a program can be given.
    static Path script(String name) throws IOException {
        Path file = Files.createTempFile("bowline", name);
        file.toFile().deleteOnExit();
        try (InputStream in = Foreign.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing beside " + Foreign.class);
            }
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    /// Runs a program with `input` on its standard input.
    static Result run(byte[] input, String... command) throws Exception {
        Process process = new ProcessBuilder(command).start();
        try {
            CompletableFuture<byte[]> out = reading(process.getInputStream());
            CompletableFuture<byte[]> err = reading(process.getErrorStream());
            feed(process, input);
            if (!process.waitFor(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(String.join(" ", command) + " took longer than " + TIME_LIMIT);
            }
            return new Result(process.exitValue(), out.get(), new String(err.get(), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    /// Runs a program that has nothing to read.
    static Result run(String... command) throws Exception {
        return run(new byte[0], command);
    }

    private static void feed(Process process, byte[] input) {
        Thread.ofVirtual().start(() -> {
            try (var in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException ended) {
                // The program has ended without reading everything, as it may.
            }
        });
    }

    /// Reads on a thread of its own, so that a program that fills one pipe is not kept waiting by the other.
    private static CompletableFuture<byte[]> reading(InputStream in) {
        return CompletableFuture.supplyAsync(
                () -> readAll(in), task -> Thread.ofVirtual().start(task));
    }

    private static byte[] readAll(InputStream in) {
        try (in) {
            var all = new ByteArrayOutputStream();
            in.transferTo(all);
            return all.toByteArray();
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
