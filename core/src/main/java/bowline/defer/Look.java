package bowline.defer;

import org.jspecify.annotations.Nullable;

/// Looks at a result that passes by unchanged. What it throws takes the result's place.
@FunctionalInterface
public interface Look<T extends @Nullable Object> {

    /// Looks at it.
    void at(T result) throws Exception;
}
