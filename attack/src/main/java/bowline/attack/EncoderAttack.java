package bowline.attack;

import bowline.bytes.Ascii;
import bowline.testing.generate.Generators;
import bowline.testing.generate.Property;
import bowline.testing.generate.PropertyFailure;
import java.util.List;
import java.util.function.Function;

/// G3 for one encoder: all of Unicode, lone surrogates included.
record EncoderAttack(String name, Function<String, byte[]> encode, Function<byte[], String> decode) implements Attack {
    private static final int TEXTS = 2_000;
    private static final int LENGTH_MAX = 20;

    @Override
    public String rule() {
        return "G3";
    }

    @Override
    public String title() {
        return name;
    }

    @Override
    public List<Finding> run(Target target) throws Exception {
        long first = target.choices().upTo(Integer.MAX_VALUE);
        return List.of(target.attempt(this, name)
                .says(TEXTS + " texts of up to " + LENGTH_MAX + " characters of all Unicode")
                .expects("each is decoded to what was encoded, or refused")
                .alone()
                .by(() -> wrong(first)));
    }

    private String wrong(long first) {
        try {
            Property.check(first, TEXTS, Generators.texts(LENGTH_MAX), this::check);
            return "";
        } catch (PropertyFailure failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    private void check(String text) {
        byte[] encoded;
        try {
            encoded = encode.apply(text);
        } catch (IllegalArgumentException refused) {
            return;
        }
        String decoded = decode.apply(encoded);
        if (!decoded.equals(text)) {
            throw new AssertionError(Ascii.quote(text, 80) + " is decoded to " + Ascii.quote(decoded, 80));
        }
    }
}
