package bowline.testing.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("sets system properties")
class PropertyTest {

    @AfterEach
    void forgetTheCase() {
        System.clearProperty(Property.CASE_PROPERTY);
        System.clearProperty(Property.SEEDS_PROPERTY);
    }

    private static <T> PropertyFailure failure(Generator<T> generator, Property.Check<T> property) {
        return catchThrowableOfType(PropertyFailure.class, () -> Property.check(1_000, generator, property));
    }

    private static String line(PropertyFailure failure, int number) {
        return failure.getMessage().lines().toList().get(number);
    }

    @Test
    void triesAsManySeedsAsItIsTold() {
        var tried = new ArrayList<Integer>();

        Property.check(50, Generators.ints(), tried::add);

        assertThat(tried).hasSize(50);
        System.setProperty(Property.SEEDS_PROPERTY, "70");
        Property.check(50, Generators.ints(), tried::add);
        assertThat(tried).hasSize(50 + 70);
    }

    @Test
    void triesTheSameInEveryRun() {
        var first = new ArrayList<String>();
        var second = new ArrayList<String>();

        Property.check(20, Generators.texts(30), first::add);
        Property.check(20, Generators.texts(30), second::add);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void findsTheSmallestNumber() {
        PropertyFailure failure =
                failure(Generators.ints(), number -> assertThat(number).isLessThan(1_234));

        assertThat(line(failure, 0)).matches("seed \\d+ fails, made small: 1234");
    }

    @Test
    void findsTheSmallestNegativeNumber() {
        PropertyFailure failure =
                failure(Generators.ints(), number -> assertThat(number).isGreaterThan(-77));

        assertThat(line(failure, 0)).endsWith("made small: -77");
    }

    @Test
    void findsTheShortestList() {
        PropertyFailure failure = failure(
                Generators.lists(Generators.ints(0, 1_000), 50),
                list -> assertThat(list.stream().mapToInt(i -> i).sum()).isLessThan(300));

        assertThat(line(failure, 0)).endsWith("made small: [300]");
    }

    @Test
    void findsTheShortestText() {
        PropertyFailure failure =
                failure(Generators.texts(40), text -> assertThat(text).doesNotContain("\n"));

        assertThat(line(failure, 0)).endsWith("made small: \"\\n\"");
    }

    @Test
    void findsTheOneFaultOfATranscript() {
        byte[] valid = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        PropertyFailure failure = failure(
                Generators.mutated(List.of(valid), 8),
                bytes -> assertThat(bytes.length).isLessThan(valid.length + 3));

        assertThat(line(failure, 0)).contains("fails, made small: \"");
        assertThat(failure).hasMessageContaining("to repeat it: -Dbowline.property=\"choices=0,1,");
    }

    @Test
    void findsTheShortestBytes() {
        PropertyFailure failure = failure(Generators.bytes(60), bytes -> {
            for (byte one : bytes) {
                assertThat(one & 0xFF).isLessThan(0x9A);
            }
        });

        assertThat(line(failure, 0)).endsWith("made small: \"\\x9a\"");
    }

    /// All of the transcript is as it was, but for the one byte that makes it fail.
    @Test
    void findsTheLeastFaultOfATranscript() {
        byte[] valid = "5:hello,".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        PropertyFailure failure = failure(
                Generators.mutated(List.of(valid), 8),
                bytes -> assertThat(bytes).doesNotContain(0));

        assertThat(line(failure, 0))
                .matches("seed \\d+ fails, made small: \"(5:hello,|.:hello,|:hello,)?\\\\x00(5?:hello,|:hello,)?\"");
    }

    @Test
    void findsThePlainestCut() {
        PropertyFailure failure =
                failure(Generators.cuts(100), pieces -> assertThat(pieces).allMatch(length -> length < 30));

        assertThat(line(failure, 0)).matches(".* made small: \\[30, [0-9, ]*\\]");
    }

    @Test
    void oneLineRepeatsTheSmallCase() {
        Property.Check<String> property = text -> assertThat(text.length()).isLessThan(3);
        PropertyFailure failure = failure(Generators.texts(40), property);
        String repeat = line(failure, 1).replaceFirst(".*-Dbowline\\.property=\"(.*)\"", "$1");
        var tried = new ArrayList<String>();

        System.setProperty(Property.CASE_PROPERTY, repeat);

        assertThatThrownBy(() -> Property.check(5, Generators.texts(40), (String text) -> {
                    tried.add(text);
                    property.holds(text);
                }))
                .isInstanceOf(PropertyFailure.class)
                .hasMessageStartingWith("fails: \"aaa\"");
        assertThat(tried).containsExactly("aaa");
    }

    @Test
    void aSeedRepeatsACaseToo() {
        System.setProperty(Property.CASE_PROPERTY, "seed=7");
        var tried = new ArrayList<Integer>();

        Property.check(5, Generators.ints(), tried::add);

        assertThat(tried).containsExactly(Generators.ints().from(Choices.ofSeed(7)));
    }

    @Test
    void saysWhatIsWrongWithALineThatCannotBeRead() {
        System.setProperty(Property.CASE_PROPERTY, "sed=7");

        assertThatThrownBy(() -> Property.check(5, Generators.ints(), _ -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"sed=7\" is neither seed=NUMBER nor choices=");
    }

    @Test
    void madeSmallItFailsInTheSameWay() {
        PropertyFailure failure = failure(Generators.ints(0, 1_000), number -> {
            if (number > 500) {
                throw new IOException("too much");
            }
            if (number > 3 && number < 20) {
                throw new IllegalStateException("another fault");
            }
        });

        assertThat(failure).cause().isNotNull();
        assertThat(failure.getMessage()).containsAnyOf("made small: 501\n", "made small: 4\n");
    }

    @Test
    void valuesThatCannotBeUsedAreNoFailures() {
        assertThatCode(() -> Property.check(
                        100,
                        Generators.ints(0, 9).where(number -> number == 3),
                        number -> assertThat(number).isEqualTo(3)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Property.check(100, Generators.ints(0, 9).where(number -> number > 9), _ -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("none of 100 seeds");
    }

    /// What is asked for: a longer case is repeated by its seed.
    @Test
    void aLongCaseIsRepeatedByItsSeed() {
        PropertyFailure failure = failure(
                Generators.bytes(5_000), bytes -> assertThat(bytes.length).isLessThan(1_000));

        assertThat(line(failure, 1)).matches("to repeat it: -Dbowline.property=\"seed=\\d+\"");
    }
}
