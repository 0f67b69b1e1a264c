package bowline.defer;

import bowline.failure.Failure;
import org.jspecify.annotations.Nullable;

/// How one member of a [DeferredList] ended (AGG-1).
///
///     switch (outcome) {
///         case Outcome.Success(var page) -> …
///         case Outcome.Failed(var failure) -> …
///     }
public sealed interface Outcome<T extends @Nullable Object> {

    /// The member's value.
    record Success<T extends @Nullable Object>(T value) implements Outcome<T> {}

    /// The member's failure.
    record Failed<T extends @Nullable Object>(Failure failure) implements Outcome<T> {}

    /// Whether it is a success.
    default boolean success() {
        return this instanceof Success;
    }

    /// The value, or the failure thrown as its own exception.
    default T value() {
        return switch (this) {
            case Success<T>(T value) -> value;
            case Failed<T>(Failure failure) -> throw failure.raise();
        };
    }
}
