package bowline.log;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure;
import bowline.log.LogBeginner.Option;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// LGR-9, LOG-13, LOG-15 and LOG-16: before the log begins, how it begins, and what is printed afterwards.
class LogBeginnerTest {
    private final LogBench bench = new LogBench();
    private final List<LogEvent> events = new ArrayList<>();

    /// LOG-16
    @Test
    void criticalEventsArePrintedBeforeTheLogBegins() {
        bench.logger.error("quiet");
        bench.logger.failure("loud", Failure.of(new IOException("gone")));

        assertThat(bench.alarms())
                .startsWith("loud\n\tTraceback (most recent call last):\n\tjava.io.IOException: gone\n")
                .doesNotContain("quiet");
    }

    /// LOG-16, LGR-9
    @Test
    void afterTheLogHasBegunCriticalEventsAreNotPrinted() {
        begin();

        bench.logger.critical("loud");

        assertThat(bench.alarms()).isEmpty();
    }

    /// LGR-9: both sides of the limit.
    @Test
    void theLastTwoHundredEventsAreReplayed() {
        for (int count = 0; count <= EarlyLog.EVENTS_MAX; count++) {
            bench.logger.info("{count}", count);
        }

        begin();

        assertThat(EarlyLog.EVENTS_MAX).isEqualTo(200);
        assertThat(events).hasSize(200);
        assertThat(events.getFirst().text()).isEqualTo("1");
        assertThat(events.getLast().text()).isEqualTo("200");
    }

    /// LGR-9
    @Test
    void theBufferMayBeDiscarded() {
        bench.logger.info("early");

        begin(Option.DISCARD_BUFFER);
        bench.logger.info("late");

        assertThat(events).extracting(LogEvent::text).containsExactly("late");
    }

    /// LGR-9: an event that was on its way to the buffer as the log began goes where it should.
    @Test
    void anEventBetweenBufferAndObserversIsNotLost() {
        LogObserver early = bench.publisher.observers().getFirst();
        begin();

        early.observe(new LogEvent(
                LogBench.MOMENT, LogLevel.INFO, "n", null, "late", java.util.Map.of(), LogContext.empty(), null));

        assertThat(events).hasSize(1);
    }

    /// LGR-9, LOG-15
    @Test
    void beginningTwiceAddsObserversAndWarnsNamingBothPlaces() {
        begin();
        var others = new ArrayList<LogEvent>();

        bench.beginner.beginLoggingTo(List.of(others::add), Option.KEEP_STANDARD_IO);
        bench.logger.info("seen by all");

        assertThat(events).hasSize(2);
        assertThat(others).hasSize(2);
        assertThat(events.getFirst().level()).isEqualTo(LogLevel.WARN);
        assertThat(events.getFirst().text())
                .containsSubsequence("selected twice: at LogBeginnerTest.java:", "before at LogBeginnerTest.java:");
    }

    /// LOG-13
    @Test
    void eachLinePrintedIsAnEvent() {
        begin();

        bench.out.print("one ");
        bench.out.println("line");
        bench.err.print("an error\nunfinished");

        assertThat(events).extracting(LogEvent::text).containsExactly("one line", "an error");
        assertThat(events.getFirst().legacyKeys())
                .containsEntry("printed", 1)
                .containsEntry("isError", 0)
                .containsEntry("system", "-");
        assertThat(events.getLast().legacyKeys()).containsEntry("printed", 1).containsEntry("isError", 1);
        assertThat(events).extracting(LogEvent::level).containsExactly(LogLevel.INFO, LogLevel.ERROR);
    }

    /// LOG-13
    @Test
    void closingAPrintStreamDoesNothing() {
        begin();

        bench.out.close();
        bench.out.println("still here\r");

        assertThat(events).extracting(LogEvent::text).containsExactly("still here");
    }

    /// LOG-13: both sides of the limit.
    @Test
    void aLineWithoutEndBecomesSeveralEvents() {
        begin();

        bench.out.print("x".repeat(LoggingStream.LINE_MAX_BYTES - 1));
        assertThat(events).isEmpty();
        bench.out.print("yz");

        assertThat(events).singleElement().extracting(LogEvent::text).asString().endsWith("xy");
    }

    /// LOG-13
    @Test
    void anObserverThatPrintsDoesNotSeeItsOwnLine() {
        bench.beginner.beginLoggingTo(List.of(event -> bench.out.println("saw " + event.text())));

        bench.out.println("hello");

        assertThat(bench.alarms()).isEmpty();
    }

    /// LOG-13
    @Test
    void theStreamsAreGivenBack() {
        begin();

        bench.beginner.restoreStandardIo();

        assertThat(bench.out).isSameAs(bench.originalOut);
        assertThat(bench.err).isSameAs(bench.originalErr);
    }

    /// LGR-9
    @Test
    void theStreamsMayBeKept() {
        begin(Option.KEEP_STANDARD_IO);

        assertThat(bench.out).isSameAs(bench.originalOut);
    }

    private void begin(Option... options) {
        bench.beginner.beginLoggingTo(List.of(events::add), options);
    }
}
