package bowline.defer;

import org.jspecify.annotations.Nullable;

/// One side of a layer: takes the current result and answers the next. What it throws becomes the
/// next result as a failure (DEF-5).
@FunctionalInterface
public interface Callback<T extends @Nullable Object, R extends @Nullable Object> {

    /// The next result.
    R call(T result) throws Exception;
}
