package bowline.junit.layout.planted.circle.north;

import bowline.junit.layout.planted.circle.south.Needle;

/// Knows the south in a generic signature only.
public interface Compass extends Iterable<Needle> {}
