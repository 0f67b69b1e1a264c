package bowline.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Section 8: an exception as a value.
class FailureTest {
    private final FileNotFoundException missing = new FileNotFoundException("poem.txt");
    private final Failure failure = Failure.of(missing);

    @Test
    @DisplayName("FAI-1, FAI-12: keeps the exception and its own trace")
    void keepsTheExceptionAndItsOwnTrace() {
        StackTraceElement[] before = missing.getStackTrace();

        assertThat(failure.value()).isSameAs(missing);
        assertThat(failure.value().getStackTrace()).isEqualTo(before);
    }

    @Test
    @DisplayName("FAI-1: two failures of one exception are equal")
    void twoFailuresOfOneExceptionAreEqual() {
        assertThat(Failure.of(missing)).isEqualTo(failure).hasSameHashCodeAs(failure);
        assertThat(Failure.of(new FileNotFoundException("poem.txt"))).isNotEqualTo(failure);
    }

    @Test
    @DisplayName("FAI-2: check answers the first listed type that fits, subclasses too")
    void checkAnswersTheFirstTypeThatFits() {
        assertThat(failure.check(IllegalStateException.class, IOException.class, FileNotFoundException.class))
                .isEqualTo(IOException.class);
        assertThat(failure.check(IllegalStateException.class)).isNull();
    }

    @Test
    @DisplayName("FAI-2, FAI-11: check takes names as well")
    void checkTakesNames() {
        assertThat(failure.check("no.such.Type", "java.io.IOException")).isEqualTo("java.io.IOException");
        assertThat(failure.check("no.such.Type")).isNull();
    }

    @Test
    @DisplayName("FAI-3: trap answers a type that fits")
    void trapAnswersATypeThatFits() {
        assertThat(failure.trap(IOException.class)).isEqualTo(IOException.class);
    }

    @Test
    @DisplayName("FAI-3: trap throws the original exception when none fits")
    void trapThrowsTheOriginalWhenNoneFits() {
        assertThatThrownBy(() -> failure.trap(IllegalStateException.class)).isSameAs(missing);
    }

    @Test
    @DisplayName("FAI-4: raise throws the exception itself, checked or not")
    void raiseThrowsTheExceptionItself() {
        assertThatThrownBy(failure::raise).isSameAs(missing);
        assertThat(failure.type()).isEqualTo(FileNotFoundException.class);
    }

    @Test
    @DisplayName("FAI-9: a shared, traceless exception makes a failure with no frames")
    void aTracelessExceptionHasNoFrames() {
        assertThat(Failure.of(new Traceless()).briefTraceback()).startsWith("Traceback (failure with no frames): ");
    }

    @Test
    @DisplayName("FAI-10: cleanFailure has nothing to drop")
    void cleanFailureHasNothingToDrop() {
        assertThat(failure.cleanFailure()).isSameAs(failure);
    }

    @Test
    @DisplayName("FAI-13: the end of the JVM is thrown on, not made a value")
    void theEndOfTheJvmIsThrownOn() {
        var fatal = new OutOfMemoryError("heap");

        assertThatThrownBy(() -> Failure.of(fatal)).isSameAs(fatal);
        assertThatThrownBy(() -> Failure.of(new InternalError("broken"))).isInstanceOf(InternalError.class);
    }

    @Test
    @DisplayName("FAI-13: a stack that overflowed has unwound, so it is a fault like any other")
    void aStackOverflowIsAFaultLikeAnyOther() {
        var tooDeep = new StackOverflowError();

        assertThat(Failure.of(tooDeep).value()).isSameAs(tooDeep);
        assertThat(Failure.isFatal(tooDeep)).isFalse();
        assertThat(Failure.isFatal(new OutOfMemoryError())).isTrue();
        assertThat(Failure.isFatal(new AssertionError())).isFalse();
    }

    /// An exception without a trace, as the shared ones are.
    static final class Traceless extends Exception {
        Traceless() {
            super("Connection was closed cleanly.", null, false, false);
        }
    }
}
