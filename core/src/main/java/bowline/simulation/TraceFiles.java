package bowline.simulation;

import bowline.simulation.trace.SequenceDiagram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Writes the trace of a failing run into the folder that a system property names.
final class TraceFiles {
    private static final String PROPERTY = "bowline.simulate.trace";

    /// A picture of more rows is nothing to look at.
    private static final int DRAWN_MAX = 400;

    private TraceFiles() {}

    static void write(Simulation world, @Nullable Throwable failure) {
        String folder = System.getProperty(PROPERTY, "");
        if (failure == null || folder.isBlank()) {
            return;
        }
        Path path = Path.of(folder);
        String name = "seed-" + world.seed();
        try {
            Files.createDirectories(path);
            Files.writeString(path.resolve(name + ".txt"), world.trace().text());
            Files.writeString(
                    path.resolve(name + ".svg"),
                    SequenceDiagram.svg(world.trace().last(DRAWN_MAX)));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(
                    "-D" + PROPERTY + "=" + folder + ": the trace cannot be written there", unwritable);
        }
    }
}
