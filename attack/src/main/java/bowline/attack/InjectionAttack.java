package bowline.attack;

import bowline.bytes.Ascii;
import java.util.List;
import java.util.function.UnaryOperator;

/// G3: line ends and NULs in what the service says itself.
final class InjectionAttack implements Attack {
    private static final String MARK = "Bowline-Was-Here: 1";

    /// The last is made of letters whose lower bytes are CR and LF.
    private static final List<String> TEXTS = List.of(
            "a\r\n" + MARK + "\r\n", "a\n" + MARK + "\n", "a\r" + MARK + "\r", "a\0\n" + MARK, "a\u010d\u010a" + MARK);

    @Override
    public String rule() {
        return "G3";
    }

    @Override
    public String title() {
        return "line ends and NULs in what the service says itself";
    }

    @Override
    public List<Finding> run(Target target) throws Exception {
        List<UnaryOperator<String>> repeating = target.transcript().repeating();
        Attempt attempt = target.attempt(this, "line ends in what it repeats");
        return List.of(
                repeating.isEmpty()
                        ? attempt.not("the transcript has no text that the service says again: give repeats(…); an"
                                + " encoder itself is tried by Attacks.encoder")
                        : attempt.says(
                                        repeating.getFirst().apply(TEXTS.getFirst()),
                                        ", and " + TEXTS.size() + " others")
                                .expects("no line of the answer begins with what was in the text")
                                .by(() -> inject(target, repeating)));
    }

    private static String inject(Target target, List<UnaryOperator<String>> repeating) throws Exception {
        for (UnaryOperator<String> requestWith : repeating) {
            for (String text : TEXTS) {
                String request = requestWith.apply(text);
                Peer peer = target.connect();
                peer.say(request);
                peer.comesToBe(
                        () -> peer.lost() || !peer.heard().isEmpty(),
                        target.patience().dividedBy(5));
                if (peer.heard().contains("\n" + MARK)) {
                    return "answers " + Ascii.quote(request, 80) + " with a line of the attacker's: "
                            + Ascii.quote(peer.heard(), 160);
                }
                peer.end();
            }
        }
        return "";
    }
}
