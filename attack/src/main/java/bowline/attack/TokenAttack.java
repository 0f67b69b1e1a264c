package bowline.attack;

import bowline.bytes.Ascii;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;

/// G11: ids and tokens that can be guessed. It shows what is surely bad; that the rest is good, only the source shows.
final class TokenAttack implements Attack {
    private static final int BITS_MIN = 64;

    @Override
    public String rule() {
        return "G11";
    }

    @Override
    public String title() {
        return "ids and tokens that can be guessed";
    }

    @Override
    public List<Finding> run(Target target) throws Exception {
        UnaryOperator<String> token = target.transcript().token();
        Attempt attempt = target.attempt(this, "tokens");
        if (token == null) {
            return List.of(attempt.not("the transcript has no token: give token(…); that no other source than"
                    + " SecureRandom is used shows in the classes: LayoutRules.uses of bowline.junit"));
        }
        int samples = target.limits().samples();
        return List.of(attempt.says(target.transcript().request(), ", " + samples + " times")
                .expects("tokens of at least " + BITS_MIN + " bits, all different, that do not count")
                .by(() -> wrong(drawn(target, token, samples), samples)));
    }

    private static List<String> drawn(Target target, UnaryOperator<String> token, int samples) throws Exception {
        var tokens = new ArrayList<String>();
        for (int i = 0; i < samples; i++) {
            Peer peer = target.connect();
            peer.say(target.transcript().bytes());
            peer.comesToBe(() -> target.transcript().isGood(peer.heard()), target.patience());
            tokens.add(token.apply(peer.heard()));
            peer.end();
        }
        return tokens;
    }

    private static String wrong(List<String> tokens, int samples) {
        if (tokens.contains("")) {
            return "an answer had no token";
        }
        if (new HashSet<>(tokens).size() < samples) {
            return "a token came twice within " + samples;
        }
        if (count(tokens)) {
            return "each token is a larger number than that before it, as " + Ascii.quote(tokens.getLast(), 60);
        }
        double bits = bits(tokens);
        return bits >= BITS_MIN
                ? ""
                : "of a token as %s at most %.0f bits vary".formatted(Ascii.quote(tokens.getLast(), 60), bits);
    }

    /// At most so many bits vary: of each place as many as different characters were seen there.
    private static double bits(List<String> tokens) {
        int length = tokens.stream().mapToInt(String::length).min().orElse(0);
        double bits = 0;
        for (int i = 0; i < length; i++) {
            int at = i;
            long kinds =
                    tokens.stream().map(token -> token.charAt(at)).distinct().count();
            bits += Math.log((double) kinds) / Math.log(2);
        }
        return bits;
    }

    /// Whether they are numbers of which each is larger than that before it: others may draw tokens meanwhile.
    private static boolean count(List<String> tokens) {
        for (int radix : List.of(10, 16, 36)) {
            try {
                List<BigInteger> numbers = tokens.stream()
                        .map(token -> new BigInteger(token, radix))
                        .toList();
                if (numbers.equals(numbers.stream().sorted().toList())) {
                    return true;
                }
            } catch (NumberFormatException noNumber) {
                // of another radix, or none
            }
        }
        return false;
    }
}
