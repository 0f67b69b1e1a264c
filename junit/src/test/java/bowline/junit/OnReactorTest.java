package bowline.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// TST-7 to TST-10: specimens of tests are run by JUnit itself, and their results looked at.
class OnReactorTest {
    private static final Logger log = Logger.of(OnReactorTest.class);
    private static final List<String> seen = new ArrayList<>();

    @BeforeEach
    void forget() {
        seen.clear();
    }

    private static Deferred<String> later(Reactor reactor, String value) {
        var deferred = new Deferred<String>();
        reactor.callLater(Duration.ofMillis(1), () -> deferred.callback(value));
        return deferred;
    }

    @OnReactor
    @ExtendWith(OnlyWhenAsked.class)
    static class Specimens {

        @BeforeEach
        void setUp(Reactor reactor) throws Exception {
            seen.add("before " + reactor.isInIoThread() + " "
                    + later(reactor, "set up").await());
        }

        @AfterEach
        void tearDown(Reactor reactor) throws Exception {
            seen.add("after " + later(reactor, "torn down").await());
        }

        @Test
        void passes(Reactor reactor, Trial trial) throws Exception {
            trial.addCleanup(() -> later(reactor, "first").onSuccess(value -> seen.add("cleanup " + value)));
            trial.addCleanup(() -> later(reactor, "second").onSuccess(value -> seen.add("cleanup " + value)));
            assertSame(reactor, trial.reactor());
            seen.add("test " + later(reactor, "poem").await());
        }

        @Test
        void fails(Reactor reactor) throws Exception {
            assertEquals("another poem", later(reactor, "poem").await());
        }

        @Test
        @OnReactor(timeoutSeconds = 1)
        void waitsForEver() throws Exception {
            new Deferred<String>().await();
        }

        @Test
        void hasBrokenCleanups(Trial trial) {
            trial.addCleanup(() -> {
                seen.add("cleanup");
            });
            trial.addCleanup(() -> {
                throw new IOException("cannot clean");
            });
            trial.addCleanup(() -> Deferred.<String>fail(new IllegalStateException("nor can I")));
        }

        @Test
        void leavesACallBehind(Reactor reactor) {
            reactor.callLater(Duration.ofMinutes(1), () -> {});
        }

        @Test
        void leavesAPortBehind(Reactor reactor) {
            reactor.listenTcp(0, Factory.of(Protocol::new));
        }

        @Test
        @OnReactor(leftovers = OnReactor.Leftovers.WARN)
        void leavesAPortBehindAndMay(Reactor reactor) {
            reactor.listenTcp(0, Factory.of(Protocol::new));
        }

        @Test
        void closesItsPort(Reactor reactor, Trial trial) {
            var port = reactor.listenTcp(0, Factory.of(Protocol::new));
            trial.addCleanup(port::stopListening);
        }

        @Test
        void logsAnError() {
            log.failure(Failure.of(new IOException("logged")));
        }

        @Test
        void takesItsLoggedError(Trial trial) {
            log.failure(Failure.of(new IOException("logged")));
            assertEquals(List.of(), trial.flushLoggedErrors(IllegalStateException.class));
            assertEquals(1, trial.flushLoggedErrors(IOException.class).size());
        }

        @Test
        void logsATakenErrorOnceMore(Trial trial) {
            var failure = Failure.of(new IOException("logged"));
            log.failure(failure);
            trial.flushLoggedErrors();
            log.failure(failure);
        }

        @Test
        void forgetsAFailure() {
            Deferred.fail(new IOException("nobody cares"));
        }

        @ParameterizedTest
        @ValueSource(strings = "poem")
        void takesParameters(String value, Reactor reactor) throws Exception {
            assertEquals(value, later(reactor, value).await());
        }
    }

    private static TestExecutionResult run(String method) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(Specimens.class.getName() + "#" + method))
                .configurationParameter(OnlyWhenAsked.PARAMETER, "yes")
                .build();
        var results = new ArrayList<TestExecutionResult>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    results.add(result);
                }
            }
        });
        assertEquals(1, results.size(), "one test was run");
        return results.getFirst();
    }

    private static Throwable errorOf(String method) {
        var result = run(method);
        assertEquals(Status.FAILED, result.getStatus());
        return result.getThrowable().orElseThrow();
    }

    private static void assertPasses(String method) {
        var result = run(method);
        assertEquals(Status.SUCCESSFUL, result.getStatus(), () -> String.valueOf(result.getThrowable()));
    }

    private static final String REACTOR = "(bowline.reactor.Reactor)";
    private static final String TRIAL = "(bowline.junit.Trial)";
    private static final String BOTH = "(bowline.reactor.Reactor, bowline.junit.Trial)";

    /// TST-7, TST-8
    @Test
    void methodsAreCoroutinesAndCleanupsRunInReverseOrderEachAwaited() {
        assertPasses("passes" + BOTH);

        assertEquals(
                List.of("before true set up", "test poem", "after torn down", "cleanup second", "cleanup first"), seen);
    }

    /// TST-7
    @Test
    void aFailedAssertionReachesJUnitAsItIs() {
        assertInstanceOf(AssertionError.class, errorOf("fails" + REACTOR));
        assertEquals("after torn down", seen.getLast());
    }

    /// TST-7
    @Test
    void aTestThatIsNotThroughInTimeIsAnError() {
        var late = assertInstanceOf(TimeoutException.class, errorOf("waitsForEver()"));

        assertTrue(late.getMessage().startsWith("waitsForEver() was not through within 1 s"), late.getMessage());
        assertEquals(120, OnReactor.TIMEOUT_SECONDS);
    }

    /// TST-7: parameterized tests too.
    @Test
    void otherParametersAreLeftToOthers() {
        assertPasses("takesParameters(java.lang.String, bowline.reactor.Reactor)");
    }

    /// TST-8
    @Test
    void allCleanupsRunEvenAfterFailures() {
        var first = assertInstanceOf(IllegalStateException.class, errorOf("hasBrokenCleanups" + TRIAL));

        assertTrue(Arrays.stream(first.getSuppressed()).anyMatch(IOException.class::isInstance));
        assertEquals("cleanup", seen.getLast());
    }

    /// TST-9
    @Test
    void whatIsLeftBehindIsNamed() {
        String call = assertInstanceOf(DirtyReactorError.class, errorOf("leavesACallBehind" + REACTOR))
                .getMessage();
        assertTrue(call.contains("timed call DelayedCall["), call);
        String port = assertInstanceOf(DirtyReactorError.class, errorOf("leavesAPortBehind" + REACTOR))
                .getMessage();
        assertTrue(port.contains("open: port 0.0.0.0:"), port);
    }

    /// TST-9
    @Test
    void leftoversMayBeAWarning() {
        assertPasses("leavesAPortBehindAndMay" + REACTOR);
    }

    /// TST-9
    @Test
    void whatTheCleanupsEndIsNotLeftBehind() {
        assertPasses("closesItsPort" + BOTH);
    }

    /// TST-10
    @Test
    void aLoggedErrorFailsTheTestUnlessTaken() {
        var error = assertInstanceOf(LoggedError.class, errorOf("logsAnError()"));
        assertInstanceOf(IOException.class, error.getCause());

        assertPasses("takesItsLoggedError" + TRIAL);
        assertInstanceOf(LoggedError.class, errorOf("logsATakenErrorOnceMore" + TRIAL));
    }

    /// TST-10, UNH-3
    @Test
    void aFailureThatNobodyHandledCounts() {
        assertInstanceOf(
                IOException.class,
                assertInstanceOf(LoggedError.class, errorOf("forgetsAFailure()"))
                        .getCause());
    }
}
