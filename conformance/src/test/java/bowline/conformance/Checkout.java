package bowline.conformance;

import bowline.junit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The checkout that these tests belong to, and what was built in it.
final class Checkout {

    private Checkout() {}

    /// Its folder: the first one upwards that has the launcher.
    static Path folder() {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(place.resolve("bowline")) || Files.isDirectory(place.resolve("bowline"))) {
            place = place.getParent();
        }
        return place;
    }

    /// Skips the test where there is nothing to run.
    static void requireBuilt() {
        Assumptions.assumeTrue(Files.isDirectory(folder().resolve("launcher/target/lib")), "./bowline is not built");
    }

    /// `./bowline` with these words and a log that people read, as it was last built.
    static Program bowline(String... words) throws IOException {
        return bowlineBehind(List.of("env"), words);
    }

    /// The same, started by what stands in front: `env` with variables, or a program that starts others.
    static Program bowlineBehind(List<String> front, String... words) throws IOException {
        requireBuilt();
        Stream<String> launcher = Stream.of(
                "env", "BOWLINE_BUILD=never", folder().resolve("bowline").toString(), "--log-format", "text");
        return Program.command(Stream.of(front.stream(), launcher, Stream.of(words))
                .flatMap(each -> each)
                .toList());
    }

    /// One of the programs to learn from.
    static Program example(String... words) throws IOException {
        return bowline(Stream.concat(Stream.of("example"), Stream.of(words)).toArray(String[]::new));
    }

    /// A person at `nc`: what is typed goes to the server, what is printed came from it.
    static Program netcat(String port) throws IOException {
        Foreign.require("nc");
        return Program.command(List.of("nc", "127.0.0.1", port));
    }
}
