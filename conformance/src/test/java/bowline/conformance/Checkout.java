package bowline.conformance;

import java.nio.file.Files;
import java.nio.file.Path;

/// The checkout that the tests run in.
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
}
