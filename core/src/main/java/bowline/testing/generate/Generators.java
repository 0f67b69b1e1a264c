package bowline.testing.generate;

import java.util.ArrayList;
import java.util.List;

/// Values that tests are made of.
public final class Generators {
    private static final int LETTERS = 26;

    /// What code that handles text stumbles over: ends of lines and of strings, what is escaped, letters that
    /// change their number with their case, marks that join the letter in front, halves of pairs, and the last
    /// of each width.
    private static final String ODD =
            "\0\r\n\t\u001b\u007f\"\\':;,=%{}<>&/. \u0080\u0085\u00a0\u00df\u0130\u0131\u0301\u07ff"
                    + "\u200f\u2028\u202e\ufeff\uffff\ud800\udfff";

    private Generators() {}

    /// Always `value`.
    public static <T> Generator<T> just(T value) {
        return _ -> value;
    }

    /// 0 to `max`, biased to the edges.
    public static Generator<Integer> sizes(int max) {
        return choices -> (int) choices.biasedUpTo(max);
    }

    /// Every `int`, biased to the edges; the simplest is 0.
    public static Generator<Integer> ints() {
        return ints(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /// `least` to `most`, both included, biased to the edges; the simplest is the closest to 0.
    public static Generator<Integer> ints(int least, int most) {
        return longs(least, most).map(Long::intValue);
    }

    /// `least` to `most`, both included, biased to the edges; the simplest is the closest to 0.
    public static Generator<Long> longs(long least, long most) {
        if (least > most) {
            throw new IllegalArgumentException("nothing lies between " + least + " and " + most);
        }
        long simplest = Math.clamp(0, least, most);
        return choices -> simplest > least && (simplest == most || choices.maybe(50))
                ? simplest - choices.biasedUpTo(distance(simplest, least))
                : simplest + choices.biasedUpTo(distance(most, simplest));
    }

    /// At most what a `long` can say: of -2^63 to 0 the last is out of reach.
    private static long distance(long upper, long lower) {
        long distance = upper - lower;
        return distance < 0 ? Long.MAX_VALUE : distance;
    }

    /// True or false.
    public static Generator<Boolean> booleans() {
        return choices -> choices.maybe(50);
    }

    /// One of these, the first being the simplest.
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> Generator<T> oneOf(T... values) {
        List<T> list = List.of(values);
        return choices -> list.get(choices.upTo(list.size() - 1));
    }

    /// What one of these makes, the first being the simplest.
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> Generator<T> anyOf(Generator<? extends T>... generators) {
        List<Generator<? extends T>> list = List.of(generators);
        return choices -> list.get(choices.upTo(list.size() - 1)).from(choices);
    }

    /// Lists of up to `max` elements.
    public static <T> Generator<List<T>> lists(Generator<? extends T> element, int max) {
        return choices -> {
            var list = new ArrayList<T>();
            choices.repeat(max, () -> list.add(element.from(choices)));
            return list;
        };
    }

    /// Up to `max` bytes, any.
    public static Generator<byte[]> bytes(int max) {
        return choices -> {
            var bytes = new ByteList();
            choices.repeat(max, () -> bytes.add((byte) choices.upTo(0xFF)));
            return bytes.toArray();
        };
    }

    /// Texts of up to `max` characters, each out of `alphabet`.
    public static Generator<String> texts(String alphabet, int max) {
        return texts((Generator<Integer>) choices -> (int) alphabet.charAt(choices.upTo(alphabet.length() - 1)), max);
    }

    /// Texts of up to `max` printable ASCII characters.
    public static Generator<String> ascii(int max) {
        return texts((Generator<Integer>) Generators::printable, max);
    }

    /// Texts of up to `max` code points, of which many are odd: any that a `String` can hold, lone surrogates
    /// included.
    public static Generator<String> texts(int max) {
        return texts((Generator<Integer>) Generators::anyCodePoint, max);
    }

    /// Texts of up to `max` code points that UTF-8 can say: without lone surrogates.
    public static Generator<String> utf8(int max) {
        return texts(max).map(Generators::withoutLoneSurrogates);
    }

    private static Generator<String> texts(Generator<Integer> codePoint, int max) {
        return choices -> {
            var text = new StringBuilder();
            choices.repeat(max, () -> text.appendCodePoint(codePoint.from(choices)));
            return text.toString();
        };
    }

    /// Letters first: they are the simplest to read.
    private static int printable(Choices choices) {
        int letter = choices.upTo('~' - ' ');
        return letter < LETTERS ? 'a' + letter : ' ' + (letter + 'a' - ' ') % ('~' - ' ' + 1);
    }

    private static int anyCodePoint(Choices choices) {
        return switch (choices.upTo(3)) {
            case 0 -> printable(choices);
            case 1 -> ODD.charAt(choices.upTo(ODD.length() - 1));
            case 2 -> choices.upTo(0x7FF);
            default -> choices.upTo(Character.MAX_CODE_POINT);
        };
    }

    private static String withoutLoneSurrogates(String text) {
        return text.codePoints()
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// One of these transcripts with up to `faults` faults in it, see [Mutations].
    public static Generator<byte[]> mutated(List<byte[]> transcripts, int faults) {
        return new Mutations(transcripts, faults);
    }

    /// Where to cut `length` bytes: the lengths of pieces of at least 1, which add up to it.
    public static Generator<List<Integer>> cuts(int length) {
        return choices -> {
            var pieces = new ArrayList<Integer>();
            int most = Math.max(1, (int) choices.biasedUpTo(length));
            for (int left = length; left > 0; left -= pieces.getLast()) {
                pieces.add(Math.min(left, 1 + choices.upTo(most - 1)));
            }
            return pieces;
        };
    }
}
