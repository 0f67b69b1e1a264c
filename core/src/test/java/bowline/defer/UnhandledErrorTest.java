package bowline.defer;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.failure.Debug;
import bowline.failure.Failure;
import bowline.log.LogEvent;
import bowline.log.LogLevel;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import bowline.testing.ManualClock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Section 4: errors that nobody handles, and what debugging adds.
class UnhandledErrorTest {
    private final Failure broken = Failure.of(new IOException("broken"));
    private final List<LogEvent> logged = new CopyOnWriteArrayList<>();
    private final CountDownLatch failureLogged = new CountDownLatch(1);
    private final LogObserver observer = this::observe;

    @BeforeEach
    void watchTheLog() {
        UnhandledError.reportAll();
        LogPublisher.global().add(observer);
    }

    @AfterEach
    void leaveTheLog() {
        LogPublisher.global().remove(observer);
        Debug.enable(false);
    }

    @Test
    @DisplayName("UNH-1, UNH-3: a failure whose Deferred is collected is logged as two critical events")
    void aCollectedFailureIsLogged() throws Exception {
        abandonOne();

        for (int i = 0; i < 100 && failureLogged.getCount() > 0; i++) {
            System.gc();
            failureLogged.await(100, TimeUnit.MILLISECONDS);
        }

        assertLoggedOnce();
    }

    private void abandonOne() {
        Deferred.fail(broken);
    }

    @Test
    @DisplayName("UNH-3: what is still alive is reported on demand, once")
    void reportsOnDemandOnce() {
        Deferred<Object> alive = Deferred.fail(broken);

        assertThat(UnhandledError.reportAll()).isEqualTo(1);
        assertThat(UnhandledError.reportAll()).isZero();

        assertLoggedOnce();
        assertThat(alive.result()).isEqualTo(broken);
    }

    @Test
    @DisplayName("UNH-3: reports come oldest first")
    void oldestFirst() {
        var first = Deferred.fail(new IOException("first"));
        var second = Deferred.fail(new IOException("second"));

        UnhandledError.reportAll();

        assertThat(logged.stream().map(LogEvent::failure).filter(failure -> failure != null))
                .extracting(Failure::message)
                .containsExactly("first", "second");
        assertThat(first).isNotSameAs(second);
    }

    @Test
    @DisplayName("UNH-2: a failure that a layer handles, at once or later, is not reported")
    void whatALayerHandlesIsNotReported() {
        Deferred<Object> later = Deferred.fail(broken);
        var before = new Deferred<Object>().addErrback(_ -> "");
        before.errback(broken);
        later.addErrback(_ -> "");

        assertThat(UnhandledError.reportAll()).isZero();
    }

    @Test
    @DisplayName("UNH-2: callbacks that pass the failure by do not handle it")
    void passingByIsNotHandling() {
        Deferred<Object> deferred = Deferred.fail(broken);
        deferred.addCallback(value -> value).onFailure(_ -> {}).onBoth(() -> {});

        assertThat(UnhandledError.reportAll()).isEqualTo(1);
    }

    @Test
    @DisplayName("UNH-2: reading the result does not handle it")
    void readingIsNotHandling() {
        assertThat(Deferred.fail(broken).result()).isEqualTo(broken);

        assertThat(UnhandledError.reportAll()).isEqualTo(1);
    }

    @Test
    @DisplayName("UNH-2, DEF-16: a failure that an outer Deferred took over is the outer one's")
    void theOuterOneIsResponsible() {
        Deferred<Object> inner = Deferred.fail(broken);
        var outer = Deferred.succeed(1).addCallbackDeferring(_ -> inner);

        assertThat(UnhandledError.reportAll()).isEqualTo(1);
        outer.addErrback(_ -> "");
        assertThat(UnhandledError.reportAll()).isZero();
    }

    @Test
    @DisplayName("UNH-2: a failure that an errback replaces is reported in its new form only")
    void theNewFailureIsReported() {
        Deferred.fail(broken).addErrback(_ -> {
            throw new IOException("worse");
        });

        assertThat(UnhandledError.reportAll()).isEqualTo(1);
        assertThat(logged.getLast().failure()).isNotNull();
        assertThat(String.valueOf(logged.getLast().failure())).contains("worse");
    }

    @Test
    @DisplayName("UNH-2: a chain that waits has nothing to report")
    void aWaitingChainHasNothingToReport() {
        Deferred.fail(broken).addErrbackDeferring(_ -> new Deferred<>());

        assertThat(UnhandledError.reportAll()).isZero();
    }

    @Test
    @DisplayName("UNH-3: the patrol reports what has waited for the age given, and not before")
    void thePatrolReportsTheOld() {
        var clock = new ManualClock();
        Runnable stop = UnhandledError.reportAfter(ofSeconds(10), clock);
        Deferred<Object> alive = Deferred.fail(broken);

        clock.advance(ofSeconds(10));
        assertThat(logged).isEmpty();
        clock.advance(ofSeconds(10));

        assertLoggedOnce();
        stop.run();
        assertThat(clock.delayedCalls()).isEmpty();
        assertThat(alive.called()).isTrue();
    }

    @Test
    @DisplayName("UNH-3: patrols of several reactors do not take each other's looks for their own")
    void patrolsDoNotDisturbEachOther() {
        var clock = new ManualClock();
        Runnable one = UnhandledError.reportAfter(ofSeconds(10), clock);
        clock.advance(ofSeconds(1));
        Runnable other = UnhandledError.reportAfter(ofSeconds(10), clock);
        clock.advance(ofSeconds(8));
        Deferred<Object> alive = Deferred.fail(broken);

        clock.pump(ofSeconds(1), ofSeconds(1), ofSeconds(8));
        assertThat(logged).isEmpty();
        clock.advance(ofSeconds(1));

        assertLoggedOnce();
        one.run();
        other.run();
        assertThat(alive.called()).isTrue();
    }

    @Test
    @DisplayName("UNH-3: the patrol leaves alone what is handled in time")
    void thePatrolLeavesTheHandledAlone() {
        var clock = new ManualClock();
        Runnable stop = UnhandledError.reportAfter(ofSeconds(10), clock);
        Deferred<Object> deferred = Deferred.fail(broken);

        clock.advance(ofSeconds(10));
        deferred.addErrback(_ -> "");
        clock.advance(ofSeconds(10));
        stop.run();

        assertThat(logged).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> UnhandledError.reportAfter(ofSeconds(0), clock));
    }

    @Test
    @DisplayName("UNH-4: with debugging on, the report tells where it was made and first fired")
    void debuggingTellsWhere() {
        Debug.enable(true);
        var deferred = new Deferred<Object>();
        deferred.errback(broken);

        UnhandledError.reportAll();

        assertThat(logged.getLast().text().lines())
                .anyMatch(line -> line.startsWith(" C: ") && line.contains("debuggingTellsWhere"))
                .anyMatch(line -> line.startsWith(" I: ") && line.contains("debuggingTellsWhere"))
                .noneMatch(line -> line.contains("bowline.defer.Deferred."));
    }

    @Test
    @DisplayName("UNH-4: with debugging on, AlreadyCalledError carries the same block")
    void alreadyCalledCarriesTheBlock() {
        Debug.enable(true);
        var deferred = Deferred.succeed(1);

        assertThatThrownBy(() -> deferred.callback(2))
                .hasMessageContaining("\n C: ")
                .hasMessageContaining("\n I: ");
    }

    @Test
    @DisplayName("UNH-5: with debugging off nothing is kept, and CancelledError has no trace")
    void withoutDebuggingNothingIsKept() {
        var deferred = Deferred.succeed(1);

        assertThatThrownBy(() -> deferred.callback(2)).message().doesNotContain("\n");
        assertThat(new CancelledError().getStackTrace()).isEmpty();
        assertThat(new TimeoutError(ofSeconds(1), "it").getStackTrace()).isEmpty();
    }

    private void assertLoggedOnce() {
        assertThat(logged).hasSize(2);
        assertThat(logged).extracting(LogEvent::level).containsOnly(LogLevel.CRITICAL);
        assertThat(logged.getFirst().text()).isEqualTo("Unhandled error in Deferred:");
        assertThat(logged.getFirst().isError()).isTrue();
        assertThat(logged.getLast().failure()).isEqualTo(broken);
    }

    private void observe(LogEvent event) {
        logged.add(event);
        if (broken.equals(event.failure())) {
            failureLogged.countDown();
        }
    }
}
