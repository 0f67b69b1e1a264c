package bowline.junit.layout.planted.circle.south;

import bowline.junit.layout.planted.circle.north.Compass;

/// Knows the north.
public record Needle(Compass[] compasses) {}
