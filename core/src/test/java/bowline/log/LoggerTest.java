package bowline.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// LGR-1 to LGR-3, LGR-13, LGR-15 and LGR-16: what a logger publishes.
class LoggerTest {
    private final LogBench bench = new LogBench();
    private final CapturedLogs logs = CapturedLogs.of(bench.publisher);
    private final Logger log = bench.logger;

    /// LGR-1
    @Test
    void theNamespaceIsTheClassThatLogs() {
        assertThat(Logger.of(LoggerTest.class).namespace()).isEqualTo("bowline.log.LoggerTest");
        assertThat(Logger.here().namespace()).isEqualTo("bowline.log.LoggerTest");
    }

    /// LGR-1
    @Test
    void aLoggerMayKnowWhoseEventsItLogs() {
        log.withSource(Map.of("name", "Ada")).info("{log_source[name]} was here");

        assertThat(logs.texts()).containsExactly("Ada was here");
    }

    /// LGR-2
    @Test
    void eachLevelHasItsMethod() {
        log.debug("d");
        log.info("i");
        log.warn("w");
        log.error("e");
        log.critical("c");

        assertThat(logs.events()).extracting(LogEvent::level).containsExactly(LogLevel.values());
    }

    /// LGR-2
    @Test
    void noLevelIsLoggedAsAFailure() {
        log.emit(null, "hello");

        assertThat(logs.texts()).containsExactly("there is no level for \"hello\"");
        assertThat(logs.failures()).hasSize(1);
        assertThat(logs.events().getFirst().level()).isEqualTo(LogLevel.CRITICAL);
    }

    /// LGR-2
    @Test
    void aFailureIsLoggedAtLevelCriticalAndHandled() {
        Failure failure = Failure.of(new IOException("gone"));

        String next = log.failure(failure);
        log.failure("while reading {file}", failure, "x.txt");

        assertThat(next).isNull();
        assertThat(logs.failures()).containsExactly(failure, failure);
        assertThat(logs.texts()).containsExactly("Unhandled Error", "while reading x.txt");
        assertThat(logs.events()).allMatch(event -> event.level() == LogLevel.CRITICAL);
    }

    /// LGR-3
    @Test
    void anEventHasItsKeys() {
        log.with("request", 7).info("{user} in", "ada");

        assertThat(logs.events().getFirst().keys())
                .containsEntry("log_level", LogLevel.INFO)
                .containsEntry("log_namespace", "ns.sub")
                .containsEntry("log_format", "{user} in")
                .containsEntry("log_time", LogBench.MOMENT.getEpochSecond() * 1.0)
                .containsEntry("request", 7)
                .containsEntry("user", "ada")
                .doesNotContainKeys("log_failure", "log_system");
    }

    /// LGR-3
    @Test
    void aKeyOfTheLogsOwnIsRefused() {
        assertThatThrownBy(() -> log.with("log_level", "loud"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("log_level");
    }

    /// LGR-13
    @Test
    void anObserverOfTheOlderLogFindsItsKeys() {
        log.info("{user} in", "ada");
        log.failure("broken", Failure.of(new IOException()));

        assertThat(logs.events().getFirst().legacyKeys())
                .containsEntry("message", java.util.List.of())
                .containsEntry("system", "-")
                .containsEntry("isError", 0)
                .containsEntry("log_legacy", "ada in")
                .containsEntry("format", "%(log_legacy)s")
                .doesNotContainKeys("failure", "why");
        assertThat(logs.events().getLast().legacyKeys())
                .containsEntry("isError", 1)
                .containsEntry("why", "broken")
                .containsKey("failure");
    }

    /// LGR-13
    @Test
    void anErrorIsOneByLevelOrByFailure() {
        log.warn("w");
        log.error("e");
        log.failure(LogLevel.INFO, "i", Failure.of(new IOException()));

        assertThat(logs.events()).extracting(LogEvent::isError).containsExactly(false, true, true);
    }

    /// LGR-13
    @Test
    void anEventOfTheOlderLogHasStructuredKeys() {
        bench.log.msg(Map.of("isError", 1), java.util.List.of("a", "b"));

        assertThat(logs.events().getFirst().keys())
                .containsEntry("log_format", "{log_text}")
                .containsEntry("log_text", "a b")
                .containsEntry("log_level", LogLevel.CRITICAL)
                .containsEntry("log_namespace", "log_legacy");
    }

    /// LGR-15
    @Test
    void workMayFailIntoTheLog() {
        Logger.Handled failed = log.failuresHandled(
                "reading {file}",
                () -> {
                    throw new IOException("gone");
                },
                "x.txt");
        Logger.Handled succeeded = log.failuresHandled("reading", () -> {});

        assertThat(failed.failed()).isTrue();
        assertThat(failed.failure()).isNotNull();
        assertThat(succeeded.succeeded()).isTrue();
        assertThat(logs.texts()).containsExactly("reading x.txt");
        assertThat(logs.events().getFirst().level()).isEqualTo(LogLevel.CRITICAL);
    }

    /// LGR-15
    @Test
    void theLevelOfHandledFailuresCanBeChosen() {
        log.failuresHandled(LogLevel.WARN, "trying", () -> {
            throw new IOException();
        });

        assertThat(logs.events().getFirst().level()).isEqualTo(LogLevel.WARN);
    }

    /// LGR-16
    @Test
    void whatIsLoggedAfterTheScopeIsNotCaptured() {
        log.info("in");
        logs.close();
        log.info("out");

        assertThat(logs.texts()).containsExactly("in");
        assertThat(bench.publisher.observers()).hasSize(1);
    }

    /// LGR-16
    @Test
    void aTraceNamesEveryStepOfAnEvent() {
        LogObserver last = event -> {};
        var inner = new LogPublisher(last);
        bench.publisher.add(inner);
        var trace = new LogTrace();

        log.with("log_trace", trace).info("where does this go?");

        assertThat(trace.steps())
                .endsWith(new LogTrace.Step(bench.publisher, inner), new LogTrace.Step(inner, last))
                .hasSize(4);
    }

    /// LGR-4: an event that nobody wants is not made.
    @Test
    void belowEveryObserversLevelNoEventIsMade() {
        var publisher = new LogPublisher();
        Logger quiet = log.to(publisher).timedBy(() -> {
            throw new AssertionError("an event was made");
        });
        publisher.add(new FilteringLogObserver(new ArrayList<LogEvent>()::add, new LogLevelFilter(LogLevel.WARN)));

        quiet.info("nobody {hears}", "this");

        assertThat(quiet.isEnabled(LogLevel.INFO)).isFalse();
        assertThat(quiet.isEnabled(LogLevel.WARN)).isTrue();
    }
}
