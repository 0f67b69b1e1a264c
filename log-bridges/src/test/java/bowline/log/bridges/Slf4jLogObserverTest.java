package bowline.log.bridges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.failure.Failure;
import bowline.log.JulHandler;
import bowline.log.LogContext;
import bowline.log.LogEntrance;
import bowline.log.LogPublisher;
import bowline.log.Logger;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.ILoggerFactory;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.NOPLoggerFactory;

/// LGR-14: our events in SLF4J, whose provider here is Logback.
class Slf4jLogObserverTest {
    private final LogPublisher publisher = new LogPublisher();
    private final Logger log = Logger.of("poetry.Server").to(publisher);
    private final LoggerContext logback = new LoggerContext();
    private final List<ILoggingEvent> events = new ArrayList<>();

    @BeforeEach
    void listen() {
        append(events::add);
        publisher.add(new Slf4jLogObserver(logback));
    }

    private void append(Consumer<ILoggingEvent> to) {
        var appender = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                to.accept(event);
            }
        };
        appender.setContext(logback);
        appender.start();
        logback.getLogger("ROOT").addAppender(appender);
    }

    @Test
    void eventsArriveWithLevelNameAndText() {
        log.debug("d");
        log.info("{count} readers in {}", 3, "{}");
        log.warn("w");
        log.error("e");

        assertThat(events)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("d", "3 readers in {}", "w", "e");
        assertThat(events)
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR);
        assertThat(events).extracting(ILoggingEvent::getLoggerName).containsOnly("poetry.Server");
    }

    @Test
    void valuesAndContextArePairsAndThePrefixAmongThem() throws Exception {
        LogContext.of(() -> "Poet,1").with("request", 7).call(() -> {
            log.with("poet", "Poe").info("{count} lines", 3);
            return null;
        });

        assertThat(events.getFirst().getKeyValuePairs())
                .extracting(KeyValuePair::toString)
                .containsExactly("request=\"7\"", "poet=\"Poe\"", "count=\"3\"", "system=\"Poet,1\"");
    }

    @Test
    void aFailureIsTheCauseAndCriticalIsAMarker() {
        log.failure("lost", Failure.of(new IOException("gone")));

        ILoggingEvent event = events.getFirst();
        assertThat(event.getLevel()).isEqualTo(Level.ERROR);
        assertThat(event.getMarkerList()).extracting(Object::toString).containsExactly("CRITICAL");
        assertThat(event.getThrowableProxy().getMessage()).isEqualTo("gone");
    }

    @Test
    void whatSlf4jDoesNotWantIsNotFormatted() {
        logback.getLogger("poetry").setLevel(Level.WARN);
        Object value = new Object() {
            @Override
            public String toString() {
                throw new AssertionError("formatted");
            }
        };

        log.info("{value}", value);

        assertThat(events).isEmpty();
    }

    @Test
    void theProviderThatLeadsBackIsRefused() {
        class Inwards extends NOPLoggerFactory implements LogEntrance {}
        ILoggerFactory inwards = new Inwards();

        assertThatThrownBy(() -> new Slf4jLogObserver(inwards))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bowline-slf4j")
                .hasMessageContaining("circle");
    }

    /// Logback to `java.util.logging` and from there back: neither a loop nor an echo.
    @Test
    void aLongerWayBackMakesNoLoop() {
        var jul = java.util.logging.Logger.getLogger("bowline.log.bridges." + System.nanoTime());
        jul.setUseParentHandlers(false);
        jul.addHandler(new JulHandler(publisher));
        append(event -> jul.info(event.getFormattedMessage()));
        append(event -> log.info("logged while sending out"));
        var texts = new ArrayList<String>();
        publisher.add(event -> texts.add(event.text()));

        log.info("once");

        assertThat(texts).containsExactlyInAnyOrder("once", "logged while sending out");
        assertThat(events).extracting(ILoggingEvent::getFormattedMessage).containsExactly("once");
    }
}
