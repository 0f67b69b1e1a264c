package bowline.testing;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a test says about a Deferred, at once and without a reactor (TST-5, TST-6).
public final class DeferredAssertions {

    private DeferredAssertions() {}

    /// The value that `deferred` has now. It is taken: the chain goes on with null (TST-5).
    ///
    /// @throws AssertionError if there is no result yet, or a failure, which then counts as handled
    public static <T extends @Nullable Object> T successResultOf(Deferred<T> deferred) {
        Taken<T> taken = take(deferred, "a value");
        if (taken.failure != null) {
            throw new AssertionError(
                    "a value was expected on " + deferred + ", a failure is there: " + taken.failure.message(),
                    taken.failure.value());
        }
        return taken.value();
    }

    /// The failure that `deferred` has now. It is taken and counts as handled: the chain goes on with null
    /// (TST-5).
    ///
    /// @param types what the exception must be one of; none: anything will do
    /// @throws AssertionError if there is no result yet, a value, or a failure of another type
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static Failure failureResultOf(Deferred<?> deferred, Class<? extends Throwable>... types) {
        Taken<?> taken = take(deferred, "a failure");
        if (taken.failure == null) {
            throw new AssertionError("a failure was expected on " + deferred + ", a value is there: " + taken.value);
        }
        if (types.length > 0 && taken.failure.check(types) == null) {
            throw new AssertionError(
                    "a " + names(List.of(types)) + " was expected on " + deferred + ", another is there: "
                            + taken.failure.message(),
                    taken.failure.value());
        }
        return taken.failure;
    }

    /// Demands that `deferred` has no result yet. One that comes later is left alone (TST-5).
    ///
    /// @throws AssertionError if there is one; a failure then counts as handled
    public static void assertNoResult(Deferred<?> deferred) {
        if (deferred.hasResult()) {
            Object found = deferred.result();
            deferred.<@Nullable Object>addCallbacks(value -> value, _ -> null);
            throw new AssertionError("no result was expected on " + deferred + ", there is one: " + found);
        }
    }

    /// Adds a layer that demands a failure, and answers with its exception (TST-6). A value, or a
    /// failure of another type, becomes an [AssertionError].
    @SafeVarargs
    @SuppressWarnings({"unchecked", "varargs"}) // checked by type, in the layer; only read
    public static <X extends Throwable> Deferred<X> assertFailure(Deferred<?> deferred, Class<? extends X>... types) {
        return deferred.addCallbacks(
                value -> {
                    throw new AssertionError("a " + names(List.of(types)) + " was expected, a value came: " + value);
                },
                failure -> {
                    if (failure.check(types) == null) {
                        throw new AssertionError(
                                "a " + names(List.of(types)) + " was expected, another came: " + failure.message(),
                                failure.value());
                    }
                    return (X) failure.value();
                });
    }

    private static String names(List<? extends Class<?>> types) {
        return types.stream().map(Class::getName).collect(Collectors.joining(" or "));
    }

    private static <T extends @Nullable Object> Taken<T> take(Deferred<T> deferred, String expected) {
        if (!deferred.hasResult()) {
            throw new AssertionError(expected + " was expected on " + deferred + ", there is no result yet");
        }
        var taken = new Taken<T>();
        deferred.<@Nullable Object>addBoth((value, failure) -> {
            taken.value = value;
            taken.failure = failure;
            return null;
        });
        return taken;
    }

    private static final class Taken<T extends @Nullable Object> {
        private @Nullable T value;
        private @Nullable Failure failure;

        @SuppressWarnings("NullAway") // T is nullable where null is a result
        T value() {
            return value;
        }
    }
}
