package bowline.simulation.wild;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// Never run; its class file is read.
public final class Dice {
    private Dice() {}

    static void shuffles(List<String> words) {
        Collections.shuffle(words);
        Collections.shuffle(words, new Random(1)); // this one is told what to do
    }

    static UUID name() {
        return UUID.randomUUID();
    }

    static class Nested {
        static long time() {
            return System.nanoTime();
        }
    }
}
