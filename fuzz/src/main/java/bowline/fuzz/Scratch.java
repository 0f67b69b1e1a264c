package bowline.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file for what reads nothing else. One for all, so: one target at a time.
final class Scratch {
    private static final Path FILE = create();

    private Scratch() {}

    private static Path create() {
        try {
            Path file = Files.createTempFile("bowline-fuzz", "");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// The file, with these bytes in it.
    static Path file(byte[] content) {
        try {
            return Files.write(FILE, content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
