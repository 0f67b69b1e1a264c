package bowline.testing;

import static bowline.testing.DeferredAssertions.assertFailure;
import static bowline.testing.DeferredAssertions.assertNoResult;
import static bowline.testing.DeferredAssertions.failureResultOf;
import static bowline.testing.DeferredAssertions.successResultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bowline.defer.Deferred;
import bowline.defer.UnhandledError;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// TST-5 and TST-6
class DeferredAssertionsTest {
    private final IOException broken = new FileNotFoundException("poem");

    /// TST-5
    @Test
    void successResultOfTakesTheValue() {
        var deferred = Deferred.succeed("poem");

        assertEquals("poem", successResultOf(deferred));
        assertNull(deferred.result());
    }

    /// TST-5
    @Test
    void successResultOfFailsWithoutAValue() {
        assertThrows(AssertionError.class, () -> successResultOf(new Deferred<String>()));
        UnhandledError.reportAll();
        var error = assertThrows(AssertionError.class, () -> successResultOf(Deferred.fail(broken)));
        assertSame(broken, error.getCause());
        assertEquals(0, UnhandledError.reportAll(), "the failure counts as handled");
    }

    /// TST-5
    @Test
    void failureResultOfTakesAFailureOfTheseTypes() {
        assertSame(
                broken,
                failureResultOf(Deferred.fail(broken), IOException.class).value());
        assertSame(broken, failureResultOf(Deferred.fail(broken)).value());
        assertThrows(AssertionError.class, () -> failureResultOf(Deferred.fail(broken), IllegalStateException.class));
        assertThrows(AssertionError.class, () -> failureResultOf(Deferred.succeed("poem")));
        assertThrows(AssertionError.class, () -> failureResultOf(new Deferred<String>()));
    }

    /// TST-5
    @Test
    void assertNoResultLeavesALaterResultAlone() {
        var deferred = new Deferred<String>();
        assertNoResult(deferred);
        deferred.callback("late");

        assertThrows(AssertionError.class, () -> assertNoResult(deferred));
        assertEquals("late", successResultOf(deferred));
    }

    /// TST-6
    @Test
    void assertFailureAnswersWithTheException() {
        var deferred = new Deferred<String>();
        Deferred<IOException> exception = assertFailure(deferred, IOException.class);
        deferred.errback(broken);
        assertSame(broken, successResultOf(exception));

        failureResultOf(assertFailure(Deferred.succeed("poem"), IOException.class), AssertionError.class);
        failureResultOf(assertFailure(Deferred.fail(broken), ArithmeticException.class), AssertionError.class);
    }
}
