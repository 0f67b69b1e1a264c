package bowline.log;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure;
import bowline.testing.generate.Generators;
import bowline.testing.generate.Property;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// LGR-4, the format language; and what keeps values from leaving their line (G10).
class LogFormatTest {
    private final LogBench bench = new LogBench();

    /// A person with a name that is asked for by a method, as records have it.
    record Person(String name, List<String> poems) {
        String shout() {
            return name + "!";
        }

        public String whisper() {
            return "(" + name + ")";
        }

        public String fails() {
            throw new IllegalStateException("ink");
        }

        @SuppressWarnings("unused") // by the test that it is not called
        public void burn() {
            throw new AssertionError("a method that shows nothing was called");
        }
    }

    private static final Person ADA = new Person("Ada", List.of("Notes", "Letters"));

    /// LGR-4
    @Test
    void fieldsAreFilledInOrderOfTheirNames() {
        assertThat(text("{poet} wrote {count}, {poet}!", "Ada", 2)).isEqualTo("Ada wrote 2, Ada!");
        assertThat(text("{} and {}", 1, 2)).isEqualTo("1 and 2");
    }

    /// LGR-4
    @Test
    void doubledBracesAreBraces() {
        assertThat(text("{{{word}}}", "x")).isEqualTo("{x}");
        assertThat(text("{{}}")).isEqualTo("{}");
    }

    /// LGR-4
    @Test
    void aDotGoesToARecordComponentOrMethod() {
        assertThat(text("{poet.name} {poet.whisper} {poet.whisper()}", ADA)).isEqualTo("Ada (Ada) (Ada)");
        assertThat(text("{poet.name.length}", ADA)).isEqualTo("3");
    }

    /// LGR-4
    @Test
    void bracketsGoToAnElement() {
        assertThat(text("{poet.poems[0]} {poet.poems[-1]}", ADA)).isEqualTo("Notes Letters");
        assertThat(text("{map[key]}", Map.of("key", "value"))).isEqualTo("value");
        assertThat(text("{array[1]}", (Object) new int[] {4, 5})).isEqualTo("5");
    }

    /// LGR-4
    @Test
    void aCallIsMadeOnlyWhenTheEventIsShown() {
        var calls = new AtomicInteger();
        Supplier<String> costly = () -> "call " + calls.incrementAndGet();
        LogEvent event = event("{costly()}", costly);

        assertThat(calls).hasValue(0);
        assertThat(event.text()).isEqualTo("call 1");
    }

    /// LGR-4: an event is formatted only where an observer renders it.
    @Test
    void aValueNobodyLooksAtIsNeverAskedForItsText() {
        bench.publisher.add(event -> {});

        bench.logger.info("{value}", new Object() {
            @Override
            public String toString() {
                throw new AssertionError("formatted");
            }
        });
    }

    /// LGR-4
    @Test
    void theDebugConversionQuotesText() {
        assertThat(text("{a!r} {b!r} {c!s}", "x y", 'c', "z")).isEqualTo("\"x y\" 'c' z");
    }

    /// LGR-4
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                ">5 | 42 | '   42'",
                "5 | 42 | '   42'",
                "<5 | 42 | '42   '",
                "^6 | 42 | '  42  '",
                "*^6 | 42 | **42**",
                "05 | -42 | -0042",
                "+ | 42 | +42",
                ", | 1234567 | 1,234,567",
                "x | 255 | ff",
                "X | 255 | FF",
                "b | 5 | 101",
                "o | 8 | 10",
                ".2f | 7 | 7.00",
                "08.3f | -7 | -007.000",
                ".1% | 0 | 0.0%",
                "d | 42 | 42",
            })
    void numbersAreLaidOut(String spec, long value, String expected) {
        assertThat(text("{value:" + spec + "}", value)).isEqualTo(expected);
    }

    /// LGR-4
    @Test
    void textsAndDatesAreLaidOut() {
        assertThat(text("[{a:5}] [{a:>5}] [{a:.2}] [{a!r:>7}]", "abc")).isEqualTo("[abc  ] [  abc] [ab] [  \"abc\"]");
        assertThat(text("{day:uuuu/MM}", LocalDate.of(2011, 8, 29))).isEqualTo("2011/08");
        assertThat(text("{half:.1f}", 0.25)).isEqualTo("0.3");
    }

    /// LGR-4
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{other} {absent}",
                "{other.absent}",
                "{other[0]}",
                "{other!x}",
                "{other:qq}",
                "{other:1001}",
                "{other()}",
                "{other",
                "other}",
                "{other[0}",
                "{other[0]x}",
            })
    void whatCannotBeFormattedSaysSoWithTheEvent(String format) {
        LogEvent event = event("{other}", 3);

        LogEvent bad =
                new LogEvent(event.time(), event.level(), "n", null, format, event.values(), LogContext.empty(), null);

        assertThat(bad.text())
                .startsWith("Unable to format event: ")
                .contains("\"" + format + "\"")
                .contains("{other=3}");
    }

    /// LGR-4: both sides of the limit.
    @Test
    void aWidthUpToTheLimitIsKept() {
        assertThat(text("{other:" + FormatSpec.WIDTH_MAX + "}", 3)).hasSize(FormatSpec.WIDTH_MAX);
    }

    /// LGR-4
    @Test
    void nothingAValueDoesGetsOut() {
        var endless = new Object() {
            @Override
            public String toString() {
                return "x" + this;
            }
        };

        assertThat(text("{endless}", endless)).contains("its toString threw java.lang.StackOverflowError");
        assertThat(text("{poet.fails}", ADA)).startsWith("Unable to format").contains("ink");
        assertThat(text("{list}", recursive())).isNotEmpty();
    }

    /// LGR-4: a format is the program's own text, but showing must not do anything.
    @Test
    void aMethodWithoutAResultIsNotCalled() {
        assertThat(text("{poet.burn}", ADA)).startsWith("Unable to format");
        assertThat(text("{poet.burn()}", ADA)).startsWith("Unable to format");
        assertThat(text("{poet.shout}", ADA)).as("not public").startsWith("Unable to format");
    }

    /// LGR-4: no format, however odd, throws.
    @Test
    void aRandomFormatGivesSomeText() {
        Property.check(
                20_000,
                Generators.texts("{}[]().!:rs0a1.2f,%<>^=é\n", 14),
                format -> assertThat(text(format, 3, "x")).isNotNull());
    }

    /// LGR-4: without values a text is what it is, braces and all.
    @Test
    void aTextWithoutValuesMayHaveBracesThatMeanNothing() {
        assertThat(text("got {weird} {")).isEqualTo("got {weird} {");
    }

    /// LGR-4
    @Test
    void leftoverValuesAreKeptAndALastExceptionIsTheFailure() {
        var lost = new IllegalStateException("lost");

        LogEvent event = event("{poet} failed", "Ada", 7, lost);

        assertThat(event.values())
                .containsEntry("poet", "Ada")
                .containsEntry("value1", 7)
                .hasSize(2);
        assertThat(event.failure()).isEqualTo(Failure.of(lost));
    }

    /// G10: what forges lines or hides them when shown, from a field's value.
    @ParameterizedTest
    @CsvSource({
        "10, \\n",
        "13, \\r",
        "9, \\t",
        "0, \\x00",
        "27, \\x1b",
        "127, \\x7f",
        "133, \\x85",
        "155, \\x9b",
        "8232, \\u2028",
        "8233, \\u2029",
        "8238, \\u202e",
        "8294, \\u2066",
        "55357, \\ud83d",
    })
    void controlCharactersInAValueAreEscaped(int code, String escaped) {
        assertThat(text("<{word}>", "a" + (char) code + "b")).isEqualTo("<a" + escaped + "b>");
    }

    /// G10
    @Test
    void ordinaryTextOfAllLanguagesStays() {
        String words = "naïve Ελλάδα 日本 👍 \\n";

        assertThat(text("{words}", words)).isEqualTo(words);
        assertThat(text("{words}", "\n" + words)).isEqualTo("\\n" + words);
    }

    /// G10
    @Test
    void bytesAreShownAsTextAndStayAsTheyWere() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {'G', 'E', 'T', 0, (byte) 0x9b, '\n'});

        assertThat(text("{sent} {sent!r}", bytes)).isEqualTo("GET\\x00\\x9b\\n bytes\"GET\\x00\\x9b\\n\"");
        assertThat(bytes.remaining()).isEqualTo(6);
    }

    /// G10: both sides of the limit.
    @Test
    void aValueIsShortenedPastTheLimit() {
        String longest = "x".repeat(ValueText.FIELD_MAX_CHARS);

        assertThat(text("{word}", longest)).isEqualTo(longest);
        assertThat(text("{word}", longest + "yz")).isEqualTo(longest + "… (2 characters more)");
        assertThat(text("{word}", (Object) new byte[ValueText.FIELD_MAX_CHARS + 3]))
                .endsWith("… (3 bytes more)");
    }

    private static Object recursive() {
        var list = new java.util.ArrayList<Object>();
        list.add(List.of(list));
        return list;
    }

    private String text(String format, @Nullable Object... values) {
        return event(format, values).text();
    }

    private LogEvent event(String format, @Nullable Object... values) {
        try (var logs = CapturedLogs.of(bench.publisher)) {
            bench.logger.info(format, Arrays.copyOf(values, values.length));
            return logs.events().getFirst();
        }
    }
}
