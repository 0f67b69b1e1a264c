package bowline.log;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// LGR-17: observers that put something in between. LGR-14: the bridges to and from the platform's logger.
@Timeout(20)
class LogFlowTest {
    private final LogPublisher publisher = new LogPublisher();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final Logger log = Logger.of("ns").to(publisher).timedBy(() -> now());
    private Instant now = LogBench.MOMENT;

    private Instant now() {
        return now;
    }

    /// LGR-17
    @Test
    void eventsAreShownInOrderOnAThreadOfTheirOwn() {
        var async = new AsyncLogObserver(event ->
                seen.add(event.text() + (Thread.currentThread().getName().equals("bowline-log") ? " there" : " here")));
        publisher.add(async);

        log.info("one");
        log.info("two");
        async.close();
        log.info("three");

        assertThat(seen).containsExactly("one there", "two there", "three here");
    }

    /// LGR-17: both sides of the limit.
    @Test
    void whatAFullQueueLeavesOutIsCounted() throws InterruptedException {
        var busy = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var async = new AsyncLogObserver(
                event -> {
                    seen.add(event.text());
                    busy.countDown();
                    await(go);
                },
                2,
                Thread.ofPlatform().factory());
        publisher.add(async);

        log.info("0");
        assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
        for (int count = 1; count <= 4; count++) {
            log.info("{count}", count);
        }
        go.countDown();
        async.close();

        assertThat(seen)
                .containsExactly(
                        "0", "1", "2", "2 log events were left out, for more than 2 were waiting to be written");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    /// LGR-17: both sides of the limit.
    @Test
    void tooManyEventsOfAKindAreLeftOutAndSummedUp() {
        publisher.add(new RateLimitedLogObserver(event -> seen.add(event.text()), 2, Duration.ofSeconds(10)));

        for (int count = 0; count < 5; count++) {
            log.info("kind {count}", count);
        }
        log.info("another");
        now = now.plusSeconds(9).plusNanos(999_999_999);
        log.info("kind {count}", "late");
        now = now.plusNanos(1);
        log.info("kind {count}", "new");

        assertThat(seen)
                .containsExactly(
                        "kind 0",
                        "kind 1",
                        "another",
                        "4 more events like this within PT10S were left out: kind {count}",
                        "kind new");
    }

    /// LGR-17
    @Test
    void whatWasLeftOutCanBeSummedUpAtAnyTime() {
        var limited = new RateLimitedLogObserver(event -> seen.add(event.text()), 1, Duration.ofSeconds(10));
        publisher.add(limited);
        log.info("x");
        log.info("x");

        limited.flush();
        limited.flush();

        assertThat(seen).containsExactly("x", "1 more events like this within PT10S were left out: x");
    }

    /// LGR-17: both sides of the limit.
    @Test
    void theKindUnseenForLongestMakesWay() {
        publisher.add(new RateLimitedLogObserver(event -> seen.add(event.text()), 1, Duration.ofDays(1)));
        log.info("first");
        log.info("first");
        for (int kind = 1; kind < RateLimitedLogObserver.KINDS_MAX; kind++) {
            log.info("kind " + kind);
        }
        assertThat(seen).hasSize(RateLimitedLogObserver.KINDS_MAX);

        log.info("one too many");

        assertThat(seen.subList(RateLimitedLogObserver.KINDS_MAX, seen.size()))
                .containsExactly("1 more events like this within PT24H were left out: first", "one too many");
    }

    /// LGR-14
    @Test
    void eventsReachThePlatformsLogger() throws Exception {
        var platform = new RecordingLogger();
        publisher.add(new PlatformLogObserver(name -> platform));

        log.info("hello {who}", "a\nb");
        LogContext.of(() -> "Poet").call(() -> {
            log.failure("lost", Failure.of(new IOException("gone")));
            return null;
        });
        log.debug("not loggable");

        assertThat(platform.records)
                .containsExactly("INFO hello a\\nb null", "ERROR [Poet] lost java.io.IOException: gone");
    }

    /// LGR-14
    @Test
    void whatLibrariesLogReachesOurLogAsTextAndNotAsAFormat() {
        var events = new ArrayList<LogEvent>();
        publisher.add(events::add);
        var platform = new PlatformLogger("lib", publisher);

        platform.log(System.Logger.Level.WARNING, "braces {x} stay");
        platform.log(System.Logger.Level.INFO, "{0} of {1}", "one", "two");
        platform.log(System.Logger.Level.ERROR, "lost", new IOException("gone"));
        platform.log(System.Logger.Level.OFF, "never");

        assertThat(events).extracting(LogEvent::text).containsExactly("braces {x} stay", "one of two", "lost");
        assertThat(events).extracting(LogEvent::level).containsExactly(LogLevel.WARN, LogLevel.INFO, LogLevel.ERROR);
        assertThat(events).extracting(LogEvent::namespace).containsOnly("lib");
        assertThat(events.getLast().failure()).isNotNull();
    }

    /// LGR-14
    @Test
    void bothBridgesTogetherMakeNoLoop() {
        var ours = new PlatformLogger("lib", publisher);
        var echo = new RecordingLogger() {
            @Override
            public void log(Level level, ResourceBundle bundle, String format, Object... values) {
                super.log(level, bundle, format, values);
                ours.log(level, "echo of " + format);
            }
        };
        publisher.add(event -> seen.add(event.text()));
        publisher.add(new PlatformLogObserver(name -> echo));
        publisher.add(new PlatformLogObserver(name -> ours));

        log.info("one");
        ours.log(System.Logger.Level.INFO, "two");

        assertThat(seen).containsExactly("one", "echo of one", "two");
        assertThat(echo.records).containsExactly("INFO one null");
    }

    /// LGR-14: out by the platform's logger, which leads to JUL, and in again by a JUL handler: no loop, no echo.
    @Test
    void recordsOfJavaUtilLoggingComeInAndWhatWeSentOutDoesNot() {
        var jul = java.util.logging.Logger.getLogger("bowline.log.LogFlowTest." + System.nanoTime());
        jul.setUseParentHandlers(false);
        jul.addHandler(new JulHandler(publisher));
        publisher.add(event -> seen.add(event.level() + " " + event.text()));
        publisher.add(new PlatformLogObserver(System::getLogger));

        jul.log(java.util.logging.Level.WARNING, "{0} came in", "one");
        log.to(publisher).info("unrelated");
        Logger.of(jul.getName()).to(publisher).info("went out");

        assertThat(seen).containsExactly("WARN one came in", "INFO unrelated", "INFO went out");
    }

    /// LGR-14: what a program names as its `System.LoggerFinder`.
    @Test
    void theFinderMakesLoggersOfTheProcessesLog() {
        try (var logs = CapturedLogs.open()) {
            new PlatformLoggerFinder()
                    .getLogger("lib", LogFlowTest.class.getModule())
                    .log(System.Logger.Level.INFO, "hello from a library");

            assertThat(logs.texts()).contains("hello from a library");
        }
    }

    /// Keeps what it is told, from info upwards.
    private static class RecordingLogger implements System.Logger {
        final List<String> records = new ArrayList<>();

        @Override
        public String getName() {
            return "recording";
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.compareTo(Level.INFO) >= 0;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            records.add(level + " " + message + " " + thrown);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... values) {
            records.add(level + " " + format + " null");
        }
    }
}
