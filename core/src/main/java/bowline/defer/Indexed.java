package bowline.defer;

import org.jspecify.annotations.Nullable;

/// A member's value and its place among the members, counted from 0 (AGG-2, AGG-7).
public record Indexed<T extends @Nullable Object>(int index, T value) {}
