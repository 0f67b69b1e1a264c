package bowline.junit.layout.planted.floors.low;

import bowline.junit.layout.planted.floors.high.Attic;

/// Looks up.
public final class Cellar {
    Object look() {
        return new Attic();
    }
}
