package bowline.junit.layout.planted.unmapped;

import java.util.Random;

/// In a package without a map.
final class Lost {
    int guess() {
        return new Random().nextInt();
    }
}
