package bowline.testing.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GeneratorsTest {

    private static <T> List<T> some(Generator<T> generator) {
        return LongStream.range(0, 5_000)
                .mapToObj(seed -> generator.from(Choices.ofSeed(seed)))
                .toList();
    }

    @Test
    void sizesAreOftenAtAnEdge() {
        List<Integer> sizes = some(Generators.sizes(1_000));

        assertThat(sizes).allSatisfy(size -> assertThat(size).isBetween(0, 1_000));
        assertThat(sizes).contains(0, 1, 999, 1_000, 255, 256, 257);
    }

    @Test
    void intsReachTheirEnds() {
        assertThat(some(Generators.ints())).contains(Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 1, -1, 65_536);
        assertThat(new HashSet<>(some(Generators.ints(-2, 1)))).isEqualTo(Set.of(-2, -1, 0, 1));
        assertThat(new HashSet<>(some(Generators.ints(5, 7)))).isEqualTo(Set.of(5, 6, 7));
        assertThat(new HashSet<>(some(Generators.ints(-7, -5)))).isEqualTo(Set.of(-5, -6, -7));
        assertThat(some(Generators.longs(Long.MIN_VALUE, Long.MAX_VALUE)))
                .contains(Long.MAX_VALUE, 0L, -Long.MAX_VALUE);
        assertThatThrownBy(() -> Generators.ints(3, 2)).hasMessageContaining("nothing lies between 3 and 2");
    }

    @Test
    void theSimplestValueNeedsNoChoice() {
        assertThat(Generators.ints().from(Choices.of())).isZero();
        assertThat(Generators.ints(5, 9).from(Choices.of())).isEqualTo(5);
        assertThat(Generators.ints(-9, -5).from(Choices.of())).isEqualTo(-5);
        assertThat(Generators.texts(9).from(Choices.of())).isEmpty();
        assertThat(Generators.bytes(9).from(Choices.of())).isEmpty();
        assertThat(Generators.oneOf("a", "b").from(Choices.of())).isEqualTo("a");
        assertThat(Generators.mutated(List.of(new byte[] {1, 2}), 3).from(Choices.of()))
                .containsExactly(1, 2);
    }

    @Test
    void theSameChoicesGiveTheSameValue() {
        Generator<List<String>> generator = Generators.lists(Generators.texts(8), 8);
        Choices choices = Choices.ofSeed(42);

        List<String> value = generator.from(choices);

        assertThat(generator.from(Choices.of(choices.used()))).isEqualTo(value);
    }

    @Test
    void asciiIsPrintableAndComplete() {
        Set<Integer> seen = some(Generators.ascii(40)).stream()
                .flatMap(text -> text.chars().boxed())
                .collect(Collectors.toSet());

        assertThat(seen).hasSize('~' - ' ' + 1).allSatisfy(c -> assertThat(c).isBetween((int) ' ', (int) '~'));
    }

    @Test
    void textsAreOdd() {
        String all = String.join("", some(Generators.texts(40)));

        assertThat(all).contains("\0", "\r", "\n", "\u2028", "\u0130", "\uffff");
        assertThat(all.chars().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)).isTrue();
    }

    @Test
    void utf8TextsSurviveUtf8() {
        assertThat(some(Generators.utf8(40)))
                .allSatisfy(
                        text -> assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                                .isEqualTo(text));
    }

    @Test
    void cutsAddUp() {
        List<List<Integer>> cuts = some(Generators.cuts(100));

        assertThat(cuts).allSatisfy(pieces -> {
            assertThat(pieces).allSatisfy(piece -> assertThat(piece).isPositive());
            assertThat(pieces.stream().mapToInt(i -> i).sum()).isEqualTo(100);
        });
        assertThat(cuts).anySatisfy(pieces -> assertThat(pieces).hasSize(100));
        assertThat(cuts).anySatisfy(pieces -> assertThat(pieces).hasSize(1));
    }

    @Test
    void transcriptsAreFlippedCutDoubledSplicedAndSwapped() {
        byte[] lines = "one:1\ntwo:2\n".getBytes(StandardCharsets.US_ASCII);
        byte[] other = "THREE".getBytes(StandardCharsets.US_ASCII);
        Set<String> seen = some(Generators.mutated(List.of(lines, other), 1)).stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .collect(Collectors.toSet());

        assertThat(seen)
                .contains("one:1\ntwo:2\n", "THREE", "two:2\none:1\n", "one:1\n", "")
                .anyMatch(text -> text.startsWith("on") && text.endsWith("EE"))
                .anyMatch(text -> text.length() > 100)
                .anyMatch(text -> Arrays.asList("oNe:1\ntwo:2\n", "oo:1\ntwo:2\n", "onE:1\ntwo:2\n")
                        .contains(text));
    }

    @Test
    void aTranscriptNeverGrowsWithoutBounds() {
        byte[] large = new byte[40_000];

        assertThat(some(Generators.mutated(List.of(large), 12)))
                .allSatisfy(bytes -> assertThat(bytes.length).isLessThan(1 << 17));
    }

    @Test
    void aFuzzersBytesAreChoicesToo() {
        byte[] fuzzed = {1, 5, 1, -1, 0};

        assertThat(Generators.bytes(9).from(Choices.ofBytes(fuzzed))).containsExactly(5, -1);
    }
}
