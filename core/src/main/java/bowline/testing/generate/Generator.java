package bowline.testing.generate;

import java.util.function.Function;
import java.util.function.Predicate;

/// Makes values out of [Choices]. The same choices give the same value; lower ones should give simpler values.
///
/// @param <T> the values
@FunctionalInterface
public interface Generator<T> {
    /// How often [#where] tries before it gives up.
    int TRIES_MAX = 100;

    /// The value that `choices` lead to.
    T from(Choices choices);

    /// Values made of these.
    default <R> Generator<R> map(Function<? super T, ? extends R> change) {
        return choices -> change.apply(from(choices));
    }

    /// Values that depend on one of these.
    default <R> Generator<R> then(Function<? super T, ? extends Generator<R>> next) {
        return choices -> next.apply(from(choices)).from(choices);
    }

    /// Only the values that are `wanted`; what is rare should be made, not waited for.
    ///
    /// @throws Unsuitable when [#TRIES_MAX] values in a row are not; [Property] goes on to another seed then
    default Generator<T> where(Predicate<? super T> wanted) {
        return choices -> {
            for (int tries = 0; tries < TRIES_MAX; tries++) {
                T value = from(choices);
                if (wanted.test(value)) {
                    return value;
                }
            }
            throw new Unsuitable();
        };
    }
}
