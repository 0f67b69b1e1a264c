package bowline.slf4j;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.log.CapturedLogs;
import bowline.log.JsonLogObserver;
import bowline.log.LogContext;
import bowline.log.LogEvent;
import bowline.log.LogLevel;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/// LGR-14: what is logged by SLF4J's own API arrives in our log.
class Slf4jProviderTest {
    private final CapturedLogs logs = CapturedLogs.open();
    private final Logger log = LoggerFactory.getLogger("lib.Pool");

    @AfterEach
    void stop() {
        logs.close();
        MDC.clear();
    }

    @Test
    void slf4jFindsUsAndHasOneLoggerForEachName() {
        assertThat(LoggerFactory.getILoggerFactory()).isInstanceOf(bowline.slf4j.LoggerFactory.class);
        assertThat(LoggerFactory.getLogger("lib.Pool")).isSameAs(log);
        assertThat(log.getName()).isEqualTo("lib.Pool");
    }

    @Test
    void levelsAndNamesAreOurs() {
        log.trace("t");
        log.debug("d");
        log.info("i");
        log.warn("w");
        log.error("e");

        assertThat(logs.events())
                .extracting(LogEvent::level)
                .containsExactly(LogLevel.DEBUG, LogLevel.DEBUG, LogLevel.INFO, LogLevel.WARN, LogLevel.ERROR);
        assertThat(logs.events())
                .extracting(event -> event.get("slf4j_level"))
                .containsExactly("TRACE", "DEBUG", "INFO", "WARN", "ERROR");
        assertThat(logs.events()).extracting(LogEvent::namespace).containsOnly("lib.Pool");
    }

    @Test
    void messagesAreFilledAndAreValuesNotFormats() {
        log.info("{} of {}", "one", 2);
        log.info("{text} and {0} stay");
        log.info("a peer said \"{}\"", "x\n2026 forged \u001b[31m");
        log.info("{}{}{}", 1, 2, 3);
        log.info(null);

        assertThat(logs.texts())
                .containsExactly(
                        "one of 2", "{text} and {0} stay", "a peer said \"x\\n2026 forged \\x1b[31m\"", "123", "null");
    }

    @Test
    void throwablesAreFailures() {
        log.error("lost {}", "poem", new IOException("gone"));
        log.error("lost", new IOException("again"));
        log.atError().setCause(new IOException("fluent")).log("lost");

        assertThat(logs.texts()).containsExactly("lost poem", "lost", "lost");
        assertThat(logs.failures()).extracting(failure -> failure.message()).containsExactly("gone", "again", "fluent");
    }

    /// FAI-13: no failure may hold a fatal error; as news of one it is a value.
    @Test
    void aFatalErrorIsNewsLikeAnyOther() {
        log.error("the pool died", new OutOfMemoryError("heap"));

        assertThat(logs.texts()).containsExactly("the pool died: java.lang.OutOfMemoryError: heap");
    }

    @Test
    void pairsOfTheFluentApiAreFields() {
        log.atInfo()
                .addKeyValue("pool", "main")
                .addKeyValue("size", 10)
                .addKeyValue("text", "theirs")
                .addKeyValue("log_level", "theirs")
                .addArgument("full")
                .log("the pool is {}");

        LogEvent event = logs.events().getFirst();
        assertThat(event.text()).isEqualTo("the pool is full");
        assertThat(event.get("pool")).isEqualTo("main");
        assertThat(event.get("size")).isEqualTo(10);
        assertThat(event.get("slf4j_text")).isEqualTo("theirs");
        assertThat(event.get("slf4j_log_level")).isEqualTo("theirs");
        assertThat(event.get("log_level")).isEqualTo(LogLevel.INFO);
    }

    @Test
    void markersAreFieldsWithThoseTheyReferTo() {
        Marker audit = MarkerFactory.getDetachedMarker("AUDIT");
        Marker login = MarkerFactory.getDetachedMarker("LOGIN");
        login.add(audit);

        log.info(login, "in");
        log.atInfo().addMarker(audit).addMarker(login).log("again");

        assertThat(logs.events())
                .extracting(event -> event.get("markers"))
                .containsExactly(List.of("LOGIN", "AUDIT"), List.of("AUDIT", "LOGIN"));
    }

    /// Both sides of the limit.
    @Test
    void onlySoManyMarkersAreNamed() {
        Marker all = MarkerFactory.getDetachedMarker("0");
        for (int count = 1; count <= EventBuilder.MARKERS_MAX; count++) {
            all.add(MarkerFactory.getDetachedMarker(String.valueOf(count)));
        }

        log.info(all, "many");

        assertThat((List<?>) logs.events().getFirst().get("markers")).hasSize(EventBuilder.MARKERS_MAX);
    }

    @Test
    void theMdcIsTheContextOfTheLog() throws Exception {
        MDC.put("user", "poe");
        log.info("by SLF4J");
        bowline.log.Logger.of("ours").info("by ours");
        LogContext.empty().with("request", 7).call(() -> {
            assertThat(MDC.get("request")).isEqualTo("7");
            assertThat(MDC.get("user")).isNull();
            MDC.put("inner", "yes");
            log.info("inside");
            return null;
        });
        log.info("after");
        MDC.remove("user");
        log.info("without");

        assertThat(logs.events())
                .extracting(event -> event.get("user"))
                .containsExactly("poe", "poe", null, "poe", null);
        assertThat(logs.events())
                .extracting(event -> event.get("inner"))
                .containsExactly(null, null, "yes", null, null);
    }

    @Test
    void theMdcIsCopiedSetAndCleared() {
        MDC.put("a", "1");
        Map<String, String> copy = MDC.getCopyOfContextMap();
        MDC.put("b", "2");
        MDC.put("log_level", "not ours");
        assertThat(MDC.getCopyOfContextMap()).containsEntry("b", "2");
        assertThat(MDC.get("log_level")).isEqualTo("not ours");

        MDC.setContextMap(copy);
        assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("a", "1"));

        MDC.clear();
        assertThat(MDC.getCopyOfContextMap()).isEmpty();
        MDC.pushByKey("stack", "x");
        assertThat(MDC.popByKey("stack")).isEqualTo("x");
    }

    /// LGR-4, LGR-8: nothing is made where no one wants the level, and nothing formatted where a filter drops it.
    @Test
    void whatNobodyWantsIsNeitherMadeNorFormatted() {
        var publisher = new LogPublisher();
        var seen = new ArrayList<LogEvent>();
        publisher.add(new LogObserver() {
            @Override
            public void observe(LogEvent event) {
                seen.add(event);
            }

            @Override
            public boolean wants(LogLevel level) {
                return level.isAtLeast(LogLevel.INFO);
            }
        });
        Logger quiet = new BowlineServiceProvider(publisher).getLoggerFactory().getLogger("quiet");
        var shown = new ArrayList<String>();
        Object value = new Object() {
            @Override
            public String toString() {
                shown.add("shown");
                return "value";
            }
        };

        quiet.debug("{}", value);
        quiet.atDebug().log(() -> "never " + value);
        assertThat(quiet.isDebugEnabled()).isFalse();
        assertThat(quiet.isTraceEnabled()).isFalse();
        assertThat(seen).isEmpty();

        quiet.info("{}", value);
        assertThat(seen).hasSize(1);
        assertThat(shown).isEmpty();
        assertThat(seen.getFirst().text()).isEqualTo("value");
        assertThat(seen.getFirst().text()).isEqualTo("value");
        assertThat(shown).hasSize(1);
    }

    /// LGR-4: a value whose own method throws does not end the log.
    @Test
    void aValueThatCannotBeShownDoesNoHarm() {
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no");
            }
        };

        log.info("a {} value", broken);

        assertThat(logs.texts()).containsExactly("a [FAILED toString()] value");
    }

    /// LGR-11
    @Test
    void asJsonTheTextIsText() {
        var out = new ByteArrayOutputStream();
        var json = new JsonLogObserver(out, "");
        LogPublisher.global().add(json);
        try {
            log.atInfo().addKeyValue("size", 3).log("{} left", "one");
        } finally {
            LogPublisher.global().remove(json);
        }

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"text\": \"one left\"", "\"size\": 3", "\"log_namespace\": \"lib.Pool\"")
                .doesNotContain("unpersistable");
    }

    @Test
    void aLoggerThatTravelledIsTheOneOfItsName() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(log);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isSameAs(log);
        }
    }
}
