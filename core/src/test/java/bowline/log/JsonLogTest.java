package bowline.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.failure.Failure;
import bowline.testing.generate.Generators;
import bowline.testing.generate.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// LGR-11 and LGR-12: events as JSON, and back.
class JsonLogTest {
    private final LogBench bench = new LogBench();
    private final Logger log = bench.logger;
    private final LogPublisher reader = new LogPublisher();
    private final CapturedLogs complaints = CapturedLogs.of(reader);

    JsonLogTest() {
        bench.publisher.add(new JsonLogObserver(bench.file));
    }

    /// LGR-11
    @Test
    void aRecordIsASeparatorAnObjectAndANewline() {
        log.info("{user} in", "ada");

        assertThat(bench.written())
                .isEqualTo("\u001e{\"user\": \"ada\", \"log_time\": 1.314617552E9, "
                        + "\"log_level\": " + level("info") + ", \"log_namespace\": \"ns.sub\", "
                        + "\"log_format\": \"{user} in\", \"log_flattened\": {\"user!s:\": \"ada\"}}\n");
    }

    private static String level(String name) {
        // The map of two has no order of its own.
        String written = JsonWriter.write(Map.of("x", LogLevel.INFO));
        return written.substring(6, written.length() - 1).replace("info", name);
    }

    /// LGR-11
    @Test
    void theSeparatorMayBeEmpty() {
        var file = new ByteArrayOutputStream();
        bench.publisher.add(new JsonLogObserver(file, ""));

        log.info("x");

        assertThat(file.toString(StandardCharsets.UTF_8)).startsWith("{").endsWith("}\n");
    }

    /// LGR-11
    @Test
    void anEventIsShownAfterReloadingAsItWas() {
        Object poet = new Object() {
            @Override
            public String toString() {
                return "Ada";
            }
        };
        log.info("{poet} {poet!r} {list[0]:>4} {poet} {now()}", poet, List.of(7), (java.util.function.Supplier<?>)
                () -> "late");

        LogEvent event = reload().getFirst();

        assertThat(event.text()).isEqualTo("Ada Ada    7 Ada late");
        assertThat(event.get("poet")).isEqualTo(Map.of("unpersistable", true));
        assertThat((Map<?, ?>) event.get("log_flattened"))
                .extracting(map -> map.keySet().toString())
                .isEqualTo("[poet!s:, poet!r:, list[0]!s:>4, poet!s:/2, now()!s:]");
    }

    /// LGR-11
    @Test
    void timeLevelNamespaceAndPrefixComeBack() throws Exception {
        LogContext.of(() -> "Poet").call(() -> {
            log.error("x");
            return null;
        });

        LogEvent event = reload().getFirst();

        assertThat(event.time()).isEqualTo(LogBench.MOMENT);
        assertThat(event.level()).isEqualTo(LogLevel.ERROR);
        assertThat(event.namespace()).isEqualTo("ns.sub");
        assertThat(event.system()).isEqualTo("Poet");
    }

    /// LGR-11, FAI-11
    @Test
    void aFailureComesBackByTheNamesInIt() {
        log.failure("lost", Failure.of(new java.io.FileNotFoundException("poem.txt")));

        Failure failure = reload().getFirst().failure();

        assertThat(failure).isNotNull();
        assertThat(failure.typeName()).isEqualTo("java.io.FileNotFoundException");
        assertThat(failure.message()).isEqualTo("poem.txt");
        assertThat(failure.check("java.io.IOException")).isEqualTo("java.io.IOException");
        assertThat(failure.traceback(Failure.Detail.DEFAULT)).contains("JsonLogTest");
    }

    /// LGR-11, LGR-13
    @Test
    void anEventOfTheOlderLogComesBackWithItsText() {
        bench.log.msg(Map.of("isError", 1), Arrays.asList("a", new Object[] {1}, null));

        LogEvent event = reload().getFirst();

        assertThat(event.text()).isEqualTo("a [1] null");
        assertThat(event.level()).isEqualTo(LogLevel.CRITICAL);
        assertThat(event.namespace()).isEqualTo("log_legacy");
    }

    /// LGR-11
    @Test
    void levelsAndFailuresSayWhatTheyAre() {
        log.failure("x", Failure.of(new IOException()));

        assertThat(bench.written())
                .contains("\"__class_uuid__\": \"02e59486-f24d-46ad-8224-3acdf2a5732a\"")
                .contains("\"__class_uuid__\": \"e76887e2-20ed-49bf-a8f8-ba25cc586f2d\"");
    }

    /// LGR-11
    @Test
    void valuesWithoutAFormInJsonAreMarked() {
        var map = new HashMap<Object, @Nullable Object>();
        map.put(7, "skipped");
        var endless = new Object[1];
        endless[0] = endless;

        assertThat(JsonWriter.write(Map.of("a", new Object()))).isEqualTo("{\"a\": {\"unpersistable\": true}}");
        assertThat(JsonWriter.write(Map.of("a", Double.NaN))).isEqualTo("{\"a\": {\"unpersistable\": true}}");
        assertThat(JsonWriter.write(Map.of("a", new byte[] {'x', (byte) 0xe9}))).isEqualTo("{\"a\": \"xé\"}");
        assertThat(JsonWriter.write(map)).isEqualTo("{}");
        assertThat(JsonWriter.write(Map.of("a", endless))).contains("unpersistable");
        assertThat(JsonWriter.write(Map.of("a", Path.of("b", "c")))) // an Iterable of paths, and so on without end
                .isEqualTo("{\"a\": {\"unpersistable\": true}}");
    }

    /// LGR-4, LGR-11
    @Test
    void aValueWhoseTextFailsIsMarked() {
        var broken = new CharSequence() {
            @Override
            public int length() {
                return toString().length();
            }

            @Override
            public char charAt(int index) {
                return toString().charAt(index);
            }

            @Override
            public CharSequence subSequence(int start, int end) {
                return toString().substring(start, end);
            }

            @Override
            public String toString() {
                throw new AssertionError("no text");
            }
        };

        assertThat(JsonWriter.write(Map.of("a", broken))).isEqualTo("{\"a\": {\"unpersistable\": true}}");
    }

    /// LGR-11, G10
    @Test
    void textIsEscapedSoThatNoControlCharacterIsLeft() throws JsonReader.Malformed {
        String text = "\"\\/\b\f\n\r\t\u001b\u001e\u0085\u2028\ud83d👍é";

        String json = JsonWriter.write(Map.of("a", text));

        assertThat(json).matches("[^\\p{Cntrl}\\u2028]*");
        assertThat(JsonReader.read(json)).isEqualTo(Map.of("a", text));
    }

    @Test
    void allOfJsonIsRead() throws JsonReader.Malformed {
        String text =
                " {\"a\" : [1, -2.5e1, true, false, null, {}, []], \"b\":\"\\u00e9\\/\", \"c\": 12345678901234567890} ";

        assertThat(JsonReader.read(text))
                .isEqualTo(Map.of(
                        "a",
                        Arrays.asList(1L, -25.0, true, false, null, Map.of(), List.of()),
                        "b",
                        "é/",
                        "c",
                        12345678901234567890.0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1",
                "[1,]",
                "{\"a\"}",
                "{\"a\":1,}",
                "{a:1}",
                "\"x",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\n\"",
                "tru",
                "1 2",
                "-",
                "nul",
                "[1 2]",
                "\"\\",
                "1.2.3",
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> JsonReader.read(text)).isInstanceOf(JsonReader.Malformed.class);
    }

    /// Both sides of the limit.
    @Test
    void nestingIsReadUpToTheLimit() throws JsonReader.Malformed {
        String deepest = "[".repeat(JsonReader.DEPTH_MAX + 1) + "]".repeat(JsonReader.DEPTH_MAX + 1);

        assertThat(JsonReader.read(deepest)).isNotNull();
        assertThatThrownBy(() -> JsonReader.read("[" + deepest + "]")).hasMessageContaining("nested deeper than 64");
    }

    /// LGR-12: bytes that somebody scribbled over are left out, never thrown.
    @Test
    void aDamagedFileIsReadAsFarAsItGoes() {
        log.failure("{a[0]} {b!r:>5}", Failure.of(new IOException("x")), List.of(1), "y");
        log.info("{a}", 1);
        byte[] whole = bench.file.toByteArray();

        Property.check(
                2_000,
                Generators.mutated(List.of(whole), 4),
                damaged -> read(damaged, 1_000_000).forEach(LogEvent::text));
    }

    /// LGR-12
    @Test
    void plainLinesAreRecognised() {
        var file = new ByteArrayOutputStream();
        bench.publisher.add(new JsonLogObserver(file, ""));
        log.info("one");
        log.info("two");

        assertThat(read(file.toByteArray(), 1000)).extracting(LogEvent::text).containsExactly("one", "two");
    }

    /// LGR-12: records are found across the pieces that are read, however they fall.
    @Test
    void recordsLongerThanAPieceAreRead() {
        for (int length = JsonLogReader.PIECE_BYTES - 300; length < JsonLogReader.PIECE_BYTES; length += 7) {
            log.with("padding", "x".repeat(length)).info("{length}", length);
        }

        assertThat(reload()).hasSize(43);
        assertThat(complaints.events()).isEmpty();
    }

    /// LGR-12
    @Test
    void recordsThatCannotBeReadAreLeftOutAndLogged() {
        log.info("one");
        write("\u001e{\"cut\": ");
        write("\u001enonsense\n");
        write("\u001e[]\n");
        bench.file.writeBytes(new byte[] {0x1e, (byte) 0xff, '\n'});
        log.info("two");
        write("\u001e{\"log_format\": \"cut");

        assertThat(reload()).extracting(LogEvent::text).containsExactly("one", "two");
        assertThat(complaints.texts())
                .satisfiesExactly(
                        text -> assertThat(text).contains("record 2").contains("cut short"),
                        text -> assertThat(text).contains("record 3").contains("no JSON"),
                        text -> assertThat(text).contains("record 4").contains("no object"),
                        text -> assertThat(text).contains("record 5").contains("not UTF-8"),
                        text -> assertThat(text).contains("record 7").contains("cut short"));
    }

    /// LGR-12: both sides of the limit.
    @Test
    void aRecordPastTheLimitIsLeftOut() {
        write("{}\n{\"a\": 12}\n{\"a\": 123}\n{}");

        assertThat(read(bench.file.toByteArray(), 9)).hasSize(3);
        assertThat(complaints.texts())
                .singleElement()
                .asString()
                .contains("record 3")
                .contains("longer than 9 bytes");
    }

    /// LGR-12, G10: a file that another program wrote cannot forge lines when it is shown.
    @Test
    void aReloadedTextIsForeign() {
        write("\u001e{\"log_format\": \"{x}\", \"log_flattened\": {\"x!s:\": \"a\\nb\"}}\n");

        assertThat(reload().getFirst().text()).isEqualTo("a\\nb");
    }

    private void write(String text) {
        bench.file.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<LogEvent> reload() {
        return read(bench.file.toByteArray(), JsonLogReader.RECORD_MAX_BYTES);
    }

    private List<LogEvent> read(byte[] bytes, int recordMaxBytes) {
        return new JsonLogReader(
                        new ByteArrayInputStream(bytes),
                        recordMaxBytes,
                        Logger.of("reader").to(reader))
                .events()
                .toList();
    }
}
