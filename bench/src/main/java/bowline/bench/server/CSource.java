package bowline.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Builds the programs in C, which are the floor that servers are measured against and the load on them.
final class CSource {
    private static final Path SOURCES = Path.of("bench/src/main/c");
    private static final Path BUILT = Path.of("bench/target/c");
    /// What a program is linked with, beside the C library.
    private static final Map<String, List<String>> LIBRARIES =
            Map.of("tls-load", List.of("-lssl", "-lcrypto"), "tls-server", List.of("-lssl", "-lcrypto"));

    private CSource() {}

    /// The built program, which is as new as its source and the headers.
    ///
    /// @throws IllegalStateException if the compiler is missing or refuses the source
    static Path build(String name) {
        Path built = BUILT.resolve(name).toAbsolutePath();
        try {
            if (!Files.exists(built) || Files.getLastModifiedTime(built).toMillis() < lastChange(name)) {
                Files.createDirectories(BUILT);
                compile(SOURCES.resolve(name + ".c"), built, LIBRARIES.getOrDefault(name, List.of()));
            }
            return built;
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(
                    "cannot build " + name
                            + ".c; it takes gcc and the headers of the C library, of Linux and of OpenSSL"
                            + " (on Debian: apt-get install gcc libc6-dev linux-libc-dev libssl-dev): "
                            + failed.getMessage(),
                    failed);
        }
    }

    private static long lastChange(String name) throws IOException {
        try (var files = Files.list(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".h")
                            || file.getFileName().toString().equals(name + ".c"))
                    .mapToLong(CSource::changed)
                    .max()
                    .orElseThrow(() -> new IOException("no " + name + ".c in " + SOURCES.toAbsolutePath()));
        }
    }

    private static long changed(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void compile(Path source, Path built, List<String> libraries)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "gcc",
                "-O2",
                "-Wall",
                "-Wextra",
                "-Wno-unused-parameter",
                "-pthread",
                "-o",
                built.toString(),
                source.toString()));
        command.addAll(libraries);
        Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (compiler.waitFor() != 0) {
            throw new IOException(said.strip());
        }
    }
}
