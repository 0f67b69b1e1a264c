package bowline.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Runs tests as coroutines on a real reactor, fresh for each test (TST-7 to TST-10).
///
///     @OnReactor
///     class PoetryTest {
///         @Test
///         void thePoemArrives(Reactor reactor, Trial trial) throws Exception {
///             var port = reactor.listenTcp(0, Poetry.factory());
///             trial.addCleanup(port::stopListening);
///
///             assertEquals(POEM, fetch(reactor, port.port()).await());
///         }
///     }
///
/// Test, `@BeforeEach` and `@AfterEach` methods run on the reactor's thread; a Deferred is waited for by
/// `await()`, for JUnit leaves out test methods that return anything. They may take the [bowline.reactor.Reactor] and
/// the [Trial] as parameters.
///
/// A test also fails when it was not through in time, when it left something open or to be called, and
/// when an error was logged that it did not ask for. Errors are logged in the whole process, so these
/// tests are not to run at the same time as others.
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ReactorExtension.class)
public @interface OnReactor {

    /// How long each method and cleanup may take, unless said otherwise (TST-7).
    int TIMEOUT_SECONDS = 120;

    /// How many seconds each method and cleanup may take.
    int timeoutSeconds() default TIMEOUT_SECONDS;

    /// What happens when a test leaves its reactor dirty (TST-9).
    Leftovers leftovers() default Leftovers.FAIL;

    /// What happens when something is left open or to be called.
    enum Leftovers {
        /// The test fails.
        FAIL,
        /// The log gets a warning.
        WARN
    }
}
