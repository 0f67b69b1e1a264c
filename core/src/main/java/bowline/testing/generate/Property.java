package bowline.testing.generate;

import bowline.bytes.Ascii;
import bowline.failure.Failure;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Checks that something holds for every value of a generator, by trying many; of those that fail it shows a small one.
///
///     Property.check(1_000, Generators.texts(20), text -> assertEquals(text, read(write(text))));
///
/// By system properties, for all tests of a run:
///
///     -Dbowline.property.seeds=1000000            how many seeds each test has
///     -Dbowline.property="choices=1,0,17"         one case, as a failure printed it; `seed=17` before it is made small
///
/// The seeds are 0, 1, 2 …: every run tries the same.
public final class Property {
    /// Names one case to repeat.
    public static final String CASE_PROPERTY = "bowline.property";

    /// Says how many seeds each test has.
    public static final String SEEDS_PROPERTY = "bowline.property.seeds";

    private static final int SHRINK_RUNS_MAX = 4_000;

    /// Longer cases are repeated by their seed.
    private static final int CHOICES_SHOWN_MAX = 400;

    private static final int SHOWN_MAX = 2_000;

    private static final String SEED = "seed=";
    private static final String CHOICES = "choices=";

    private Property() {}

    /// What shall hold.
    ///
    /// @param <T> the values
    @FunctionalInterface
    public interface Check<T> {
        /// Throws, if it does not hold for `value`.
        void holds(T value) throws Exception;
    }

    /// Tries `seeds` values, or as the system properties say.
    ///
    /// @throws PropertyFailure if the property does not hold for one of them
    /// @throws IllegalArgumentException if a system property cannot be read
    /// @throws IllegalStateException if no seed led to a value
    public static <T> void check(long seeds, Generator<? extends T> generator, Check<? super T> property) {
        check(0, seeds, generator, property);
    }

    /// The same with the seeds from `first` on.
    ///
    /// @throws PropertyFailure if the property does not hold for one of them
    /// @throws IllegalArgumentException if a system property cannot be read
    /// @throws IllegalStateException if no seed led to a value
    public static <T> void check(long first, long seeds, Generator<? extends T> generator, Check<? super T> property) {
        String wanted = System.getProperty(CASE_PROPERTY, "").strip();
        var run = new Run<T>(generator, property);
        if (wanted.isEmpty()) {
            run.seeds(first, Long.getLong(SEEDS_PROPERTY, seeds));
        } else {
            run.repeat(wanted);
        }
    }

    private record Run<T>(Generator<? extends T> generator, Check<? super T> property) {

        void seeds(long first, long count) {
            long suitable = 0;
            for (long seed = first; seed < first + count; seed++) {
                Case<T> tried = attempt(Choices.ofSeed(seed));
                suitable += tried.unsuitable() ? 0 : 1;
                if (tried.failure() != null) {
                    throw report(tried, tried.failure(), seed);
                }
            }
            if (suitable == 0) {
                throw new IllegalStateException("none of " + count + " seeds led to a value that the test could use");
            }
        }

        void repeat(String wanted) {
            Case<T> tried = attempt(choices(wanted));
            if (tried.failure() != null) {
                throw new PropertyFailure("fails: " + show(tried.value()) + "\n" + tried.failure(), tried.failure());
            }
        }

        private static Choices choices(String wanted) {
            try {
                if (wanted.startsWith(SEED)) {
                    return Choices.ofSeed(Long.parseLong(wanted.substring(SEED.length())));
                }
                if (wanted.startsWith(CHOICES)) {
                    return Choices.of(
                            Arrays.stream(wanted.substring(CHOICES.length()).split(",", -1))
                                    .filter(number -> !number.isBlank())
                                    .mapToLong(Long::parseLong)
                                    .toArray());
                }
            } catch (NumberFormatException notNumbers) {
                throw unreadable(wanted, notNumbers);
            }
            throw unreadable(wanted, null);
        }

        private static IllegalArgumentException unreadable(String wanted, @Nullable Exception cause) {
            return new IllegalArgumentException(
                    "-D" + CASE_PROPERTY + ": " + Ascii.quote(wanted, 80)
                            + " is neither seed=NUMBER nor choices=NUMBER,NUMBER…; copy the whole line of the failure",
                    cause);
        }

        private PropertyFailure report(Case<T> failed, Throwable failure, long seed) {
            long[] small = CaseShrinker.shrink(failed.choices(), SHRINK_RUNS_MAX, candidate -> {
                Throwable other = attempt(Choices.of(candidate)).failure();
                return other != null && other.getClass() == failure.getClass();
            });
            Case<T> smallest = attempt(Choices.of(small));
            Throwable why =
                    smallest.failure() == null ? failure : smallest.failure(); // it depends on more than its value
            Case<T> shown = smallest.failure() == null ? failed : smallest;
            return new PropertyFailure(
                    "seed " + seed + " fails, made small: " + show(shown.value()) + "\nto repeat it: -D" + CASE_PROPERTY
                            + "=\"" + repeat(shown, seed) + "\"\n" + why,
                    why);
        }

        private static String repeat(Case<?> failed, long seed) {
            return failed.choices().length > CHOICES_SHOWN_MAX
                    ? SEED + seed
                    : CHOICES
                            + Arrays.stream(failed.choices())
                                    .mapToObj(Long::toString)
                                    .collect(Collectors.joining(","));
        }

        private Case<T> attempt(Choices choices) {
            T value = null;
            try {
                value = generator.from(choices);
                property.holds(value);
                return new Case<>(choices.used(), value, null);
            } catch (Throwable thrown) {
                if (Failure.isFatal(thrown)) {
                    throw (VirtualMachineError) thrown;
                }
                if (thrown instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                return new Case<>(choices.used(), value, thrown);
            }
        }
    }

    /// @param value null, too, if there came none
    /// @param thrown null: it holds
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Case<T>(
            long[] choices, @Nullable T value, @Nullable Throwable thrown) {
        boolean unsuitable() {
            return thrown instanceof Unsuitable;
        }

        @Nullable
        Throwable failure() {
            return unsuitable() ? null : thrown;
        }
    }

    private static String show(@Nullable Object value) {
        return switch (value) {
            case null -> "no value";
            case byte[] bytes -> Ascii.quote(ByteBuffer.wrap(bytes), SHOWN_MAX);
            case CharSequence text -> Ascii.quote(text, SHOWN_MAX);
            case Collection<?> list -> list.stream().map(Property::show).collect(Collectors.joining(", ", "[", "]"));
            default -> {
                String text = String.valueOf(value);
                yield text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
            }
        };
    }
}
