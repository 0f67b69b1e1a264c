package bowline.junit.layout.planted.floors.high;

/// Knows nobody.
public final class Attic {}
