package bowline.defer;

import bowline.failure.Failure;
import org.jspecify.annotations.Nullable;

/// A handler for both sides of a layer: exactly one of its arguments means something.
@FunctionalInterface
public interface BothCallback<T extends @Nullable Object, R extends @Nullable Object> {

    /// The next result; `failure` is null when the chain is on its success side.
    R call(@Nullable T value, @Nullable Failure failure) throws Exception;
}
