package bowline.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// LGR-6 and LOG-11: publisher and observers. LGR-7, LGR-8 and LGR-10: those that filter and keep.
class LogPublisherTest {
    private final LogPublisher publisher = new LogPublisher();
    private final Logger log = Logger.of("a.b.c").to(publisher);
    private final List<String> seen = new ArrayList<>();

    /// LGR-6, LOG-11
    @Test
    void observersSeeEventsInOrderOfRegistrationOnTheThreadThatLogs() {
        publisher.add(event -> seen.add("first " + Thread.currentThread().threadId()));
        publisher.add(event -> seen.add("second"));

        log.info("x");

        assertThat(seen).containsExactly("first " + Thread.currentThread().threadId(), "second");
    }

    /// LGR-6
    @Test
    void addingTwiceOrRemovingAStrangerChangesNothing() {
        LogObserver observer = event -> seen.add(event.text());
        publisher.add(observer);
        publisher.add(observer);
        publisher.remove(event -> {});

        log.info("once");

        assertThat(seen).containsExactly("once");
    }

    /// LGR-6
    @Test
    @SuppressWarnings("NullAway") // that null is refused is what is tested
    void nothingIsNoObserver() {
        assertThatThrownBy(() -> publisher.add(null)).isInstanceOf(NullPointerException.class);
    }

    /// LGR-6, LOG-11
    @Test
    void anObserverThatThrowsIsReportedToTheOthersAfterAllHaveSeenTheEventAndStays() {
        LogObserver broken = event -> {
            seen.add("broken " + event.text());
            throw new IllegalStateException("no paper");
        };
        publisher.add(broken);
        publisher.add(event -> seen.add(event.level() + " " + event.text()));

        log.info("one");
        log.info("two");

        assertThat(seen.get(0)).isEqualTo("broken one");
        assertThat(seen.get(1)).isEqualTo("INFO one");
        assertThat(seen.get(2)).startsWith("CRITICAL Temporarily disabling observer ");
        assertThat(seen.get(3)).isEqualTo("broken two");
        assertThat(publisher.observers()).contains(broken);
    }

    /// LGR-6
    @Test
    void whenAllObserversThrowPublishingStillReturns() {
        for (int count = 0; count < 3; count++) {
            int number = count;
            publisher.add(event -> {
                seen.add(number + event.text().substring(0, 1));
                throw new AssertionError();
            });
        }

        log.info("x");

        assertThat(seen).startsWith("0x", "1x", "2x").hasSizeGreaterThan(3);
    }

    /// LGR-7
    @Test
    void theFirstPredicateThatKnowsDecides() {
        var rejected = new ArrayList<String>();
        publisher.add(new FilteringLogObserver(
                event -> seen.add(event.text()),
                List.of(
                        event -> event.text().equals("yes") ? LogPredicate.Verdict.YES : LogPredicate.Verdict.MAYBE,
                        event -> event.text().length() < 5 ? LogPredicate.Verdict.NO : LogPredicate.Verdict.MAYBE),
                event -> rejected.add(event.text())));

        log.info("yes");
        log.info("no");
        log.info("perhaps");

        assertThat(seen).containsExactly("yes", "perhaps");
        assertThat(rejected).containsExactly("no");
    }

    /// LGR-8
    @Test
    void aLevelIsInheritedAlongTheDots() {
        var filter = new LogLevelFilter().level("a.b", LogLevel.DEBUG).level("a.b.c.d", LogLevel.ERROR);

        assertThat(filter.level("x")).isEqualTo(LogLevel.INFO);
        assertThat(filter.level("a")).isEqualTo(LogLevel.INFO);
        assertThat(filter.level("a.bc")).isEqualTo(LogLevel.INFO);
        assertThat(filter.level("a.b.c")).isEqualTo(LogLevel.DEBUG);
        assertThat(filter.level("a.b.c.d.e")).isEqualTo(LogLevel.ERROR);
        filter.clear();
        assertThat(filter.level("a.b.c.d.e")).isEqualTo(LogLevel.INFO);
    }

    /// LGR-8
    @Test
    void belowTheLevelOfItsNamespaceAnEventIsNotSeen() {
        var filter = new LogLevelFilter();
        publisher.add(new FilteringLogObserver(event -> seen.add(event.text()), filter));

        log.debug("hidden");
        log.info("shown");
        filter.level("a.b", LogLevel.ERROR);
        log.warn("hidden");
        filter.level("a.b", LogLevel.DEBUG);
        log.debug("shown too");
        log.to(publisher).info("and this");

        assertThat(seen).containsExactly("shown", "shown too", "and this");
    }

    /// LGR-7, LGR-8: the quick answer must never hide what the slow one lets through.
    @Test
    void theQuickAnswerIsNoOnlyWhenItIsCertain() {
        var filter = new LogLevelFilter(LogLevel.ERROR);
        LogObserver observer = event -> {};
        LogPredicate unknown = event -> LogPredicate.Verdict.YES;

        assertThat(new FilteringLogObserver(observer, filter).wants(LogLevel.WARN))
                .isFalse();
        assertThat(new FilteringLogObserver(observer, filter).wants(LogLevel.ERROR))
                .isTrue();
        assertThat(new FilteringLogObserver(observer, unknown, filter).wants(LogLevel.DEBUG))
                .isTrue();
        assertThat(new FilteringLogObserver(observer, List.of(filter), observer).wants(LogLevel.DEBUG))
                .isTrue();
        filter.level("deep.down", LogLevel.DEBUG);
        assertThat(new FilteringLogObserver(observer, filter).wants(LogLevel.DEBUG))
                .isTrue();
    }

    /// LGR-10
    @Test
    void aHistoryKeepsTheLastEvents() {
        var history = new LimitedHistoryLogObserver(2);
        publisher.add(history);
        log.info("one");
        log.info("two");
        assertThat(history.events()).extracting(LogEvent::text).containsExactly("one", "two");

        log.info("three");
        history.replayTo(event -> seen.add(event.text()));

        assertThat(seen).containsExactly("two", "three");
        assertThat(LimitedHistoryLogObserver.EVENTS_MAX).isEqualTo(65536);
    }
}
