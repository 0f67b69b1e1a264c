package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure;
import bowline.log.JsonLogObserver;
import bowline.log.LogLevel;
import bowline.log.LogPublisher;
import bowline.log.Logger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// LGR-11: our JSON log as Python's `json` reads it: every record, every field, every character.
class JsonLogTest {
    private static final Instant MOMENT = Instant.parse("2026-11-20T18:16:02.125Z");
    private static final Map<String, Object> UNPERSISTABLE = Map.of("unpersistable", true);

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final List<String> expected = new ArrayList<>();
    private Logger log;

    @ParameterizedTest
    @ValueSource(strings = {JsonLogObserver.RECORD_SEPARATOR, ""})
    @DisplayName("LGR-11: Python reads every field as it was logged")
    void pythonReadsWhatWasLogged(String separator) throws Exception {
        String python = Foreign.python("json");
        log = logTo(new JsonLogObserver(file, separator));

        characters();
        atRandom(new Random(20260101).nextLong());
        numbers();
        structures();
        formsOfItsOwn();
        huge();
        fields();
        failures();

        String escaped = separator.isEmpty() ? "" : "\\x1e";
        Foreign.Result read = Foreign.run(
                file.toByteArray(), python, Foreign.script("json_log.py").toString(), escaped);
        assertThat(read.err()).isEmpty();
        List<String> records = read.text().lines().toList();
        for (int i = 0; i < Math.min(records.size(), expected.size()); i++) {
            assertThat(records.get(i)).as("record %d", i).isEqualTo(expected.get(i));
        }
        assertThat(records).hasSameSizeAs(expected);
    }

    @Test
    @DisplayName("LGR-11, LGR-12: Twisted reads our JSON log, and shows each event as we do")
    void twistedShowsWhatWasLogged() throws Exception {
        String python = Foreign.python("twisted.logger");
        String script = """
                import io, sys
                from twisted.logger import eventsFromJSONLogFile, formatEvent
                log = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8")
                for event in eventsFromJSONLogFile(log):
                    failure = event.get("log_failure")
                    print(event["log_level"].name, event["log_time"], repr(formatEvent(event)),
                          failure and failure.type.__module__ + " " + failure.type.__name__)
                """;
        log = logTo(new JsonLogObserver(file));

        log.info("{a} {a} {b!r:>6} {{}} {n:05.1f}", "é\n👍", "z", 2.5);
        log.warn("{word.length()} or {word.length} in {words[1]}", "four", List.of("a", "b"));
        log.with("extra", new Object()).debug("no field");
        log.failure("it {what}", Failure.of(new IOException("broken")), "failed");

        Foreign.Result read = Foreign.run(file.toByteArray(), python, "-c", script);
        assertThat(read.err()).isEmpty();
        assertThat(read.text().lines())
                .containsExactly(
                        "info 1795198562.125 'é\\\\n👍 é\\\\n👍    \"z\" {} 002.5' None",
                        "warn 1795198562.125 '4 or 4 in b' None",
                        "debug 1795198562.125 'no field' None",
                        "critical 1795198562.125 'it failed' java.io IOException");
    }

    private static Logger logTo(JsonLogObserver json) {
        return Logger.of("conformance.json").to(new LogPublisher(json)).timedBy(InstantSource.fixed(MOMENT));
    }

    /// Each character of the first plane, half pairs among them, alone and between others; and some pairs.
    private void characters() {
        var all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            all.append((char) c).append('.');
        }
        same("every", all.toString());
        for (String text :
                List.of("", "\0", "\u001e", "\n", "\r\n", "\u2028\u2029", "\u007f\u0085", "\"\\/", "\u202e")) {
            same("odd", text);
        }
        same("pair", "👍\ud83d\udc4d");
        same("halves", "\udc4d\ud83d");
        same("half at the end", "a\ud83d");
        same("\n\"\u202e\ud83d\u001e", "an odd key");
    }

    private void atRandom(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String text = random.ints(random.nextInt(40), 0, 0x10000)
                    .mapToObj(c -> String.valueOf((char) c))
                    .collect(Collectors.joining());
            same("seed " + seed, text);
            same("seed " + seed, Double.longBitsToDouble(random.nextLong() & 0x7fef_ffff_ffff_ffffL));
            same("seed " + seed, random.nextLong());
        }
    }

    private void numbers() {
        for (Object number : List.of(0, -1, Long.MIN_VALUE, Long.MAX_VALUE, (short) 7, (byte) -7)) {
            same("whole", number);
        }
        same("whole", BigInteger.ONE.shiftLeft(4_000).negate());
        for (double number : new double[] {0.0, -0.0, 0.1, 1e300, -1e-300, Double.MIN_VALUE, Double.MAX_VALUE, 1e21}) {
            same("broken", number);
        }
        logged("single", 0.1f, Double.valueOf("0.1"));
        logged("decimal", new BigDecimal("1E+30"), 1e30);
        for (Object number : List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN)) {
            logged("not finite", number, UNPERSISTABLE);
        }
    }

    private void structures() {
        same("nothing", null);
        same("flag", true);
        same("flag", false);
        same("list", Arrays.asList(1, null, "a\n", List.of(), Map.of()));
        same("map", Map.of("\u0000", Map.of("", Arrays.asList(2.5, false))));
        logged("keys that are no text", Map.of(7, "left out", "kept", 1), Map.of("kept", 1));
        logged("array", new Object[] {"a", new int[0]}, List.of("a", UNPERSISTABLE));
    }

    private void formsOfItsOwn() {
        logged("bytes", new byte[] {0, 10, (byte) 0x85, (byte) 0xff}, "\0\n\u0085\u00ff");
        logged("buffer", ByteBuffer.wrap(new byte[] {'x', 'y', 'z'}, 1, 2), "yz");
        logged("character", '\u001b', "\u001b");
        logged("builder", new StringBuilder("a\tb"), "a\tb");
        logged("level", LogLevel.WARN, level("warn"));
        logged("object", new Object(), UNPERSISTABLE);
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        logged("endless", endless, nested(32));
    }

    private static Object nested(int depth) {
        Object inner = UNPERSISTABLE;
        for (int i = 0; i < depth; i++) {
            inner = List.of(inner);
        }
        return inner;
    }

    private void huge() {
        same("huge", "a\u0001é👍\ud83d".repeat(50_000));
        same("long list", Collections.nCopies(20_000, "\u2028"));
    }

    /// What the format shows is kept as text beside the values, escaped and shortened.
    private void fields() {
        log.info("{a} {a} {b!r:>6} {{}}", "x\ny", "z");
        Map<String, Object> event = event("{a} {a} {b!r:>6} {{}}", LogLevel.INFO);
        event.put("a", "x\ny");
        event.put("b", "z");
        event.put("log_flattened", Map.of("a!s:", "x\\ny", "a!s:/2", "x\\ny", "b!r:>6", "   \"z\""));
        expect(event);
        log.critical("{long}", "b".repeat(20_000));
        event = event("{long}", LogLevel.CRITICAL);
        event.put("long", "b".repeat(20_000));
        event.put("log_flattened", Map.of("long!s:", "b".repeat(16_384) + "… (3616 characters more)"));
        expect(event);
    }

    private void failures() {
        var cause = new IOException("inner\u0000\ud83d");
        var thrown = new IllegalStateException("line\nof \u202e a peer", cause);
        log.failure("it failed", Failure.of(thrown));
        Map<String, Object> event = event("it failed", LogLevel.CRITICAL);
        event.put(
                "log_failure",
                failure(
                        thrown,
                        "java.lang.IllegalStateException",
                        "java.lang.RuntimeException",
                        "java.lang.Exception",
                        "java.lang.Throwable",
                        "java.lang.Object"));
        expect(event);
        var bare = new IOException();
        bare.setStackTrace(new StackTraceElement[] {new StackTraceElement("A", "\n", null, -2)});
        log.failure(Failure.of(bare));
        event = event(null, LogLevel.CRITICAL);
        event.put(
                "log_failure",
                failure(bare, "java.io.IOException", "java.lang.Exception", "java.lang.Throwable", "java.lang.Object"));
        expect(event);
    }

    private static Map<String, Object> failure(Throwable thrown, String... ancestors) {
        List<List<?>> frames = Arrays.stream(thrown.getStackTrace())
                .<List<?>>map(frame -> List.of(
                        frame.getClassName(),
                        frame.getMethodName(),
                        String.valueOf(frame.getFileName()),
                        frame.getLineNumber()))
                .toList();
        return Map.of(
                "type",
                Map.of(
                        "__module__", thrown.getClass().getPackageName(),
                        "__name__", thrown.getClass().getSimpleName()),
                "ancestors",
                List.of(ancestors),
                "message",
                thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage(),
                "frames",
                frames,
                "__class_uuid__",
                "e76887e2-20ed-49bf-a8f8-ba25cc586f2d");
    }

    private void same(String key, Object value) {
        logged(key, value, value);
    }

    private void logged(String key, Object value, Object read) {
        log.with(key, value).info("one value");
        Map<String, Object> event = event("one value", LogLevel.INFO);
        event.put(key, read);
        expect(event);
    }

    private static Map<String, Object> level(String name) {
        return Map.of("name", name, "__class_uuid__", "02e59486-f24d-46ad-8224-3acdf2a5732a");
    }

    /// What every event has.
    private static Map<String, Object> event(String format, LogLevel level) {
        var event = new LinkedHashMap<String, Object>();
        event.put("log_time", 1_795_198_562.125);
        event.put("log_level", level(level.name().toLowerCase(Locale.ROOT)));
        event.put("log_namespace", "conformance.json");
        if (format != null) {
            event.put("log_format", format);
        }
        return event;
    }

    private void expect(Map<String, Object> event) {
        expected.add(told(event));
    }

    /// As `json_log.py` tells it.
    private static String told(Object value) {
        return switch (value) {
            case null -> "None";
            case Boolean flag -> flag ? "True" : "False";
            case String text -> '"' + escaped(text) + '"';
            case Double number -> "float:%016x".formatted(Double.doubleToRawLongBits(number));
            case Number whole -> "int:" + whole;
            case List<?> list -> list.stream().map(JsonLogTest::told).collect(Collectors.joining(" ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> told(entry.getKey()) + "=" + told(entry.getValue()))
                        .sorted()
                        .collect(Collectors.joining(" ", "{", "}"));
            default -> throw new IllegalArgumentException(value + " has no form in JSON");
        };
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
                escaped.append((char) c);
            } else {
                escaped.append('\\');
                Character.toString(c).chars().forEach(half -> escaped.append("%04x".formatted(half)));
            }
        });
        return escaped.toString();
    }
}
