package bowline.attack;

import bowline.testing.generate.Generators;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/// G7: a request in small pieces.
final class PiecesAttack implements Attack {
    private static final int CUTS = 8;
    private static final Duration PAUSE = Duration.ofMillis(5);

    @Override
    public String rule() {
        return "G7";
    }

    @Override
    public String title() {
        return "requests in small pieces";
    }

    @Override
    public List<Finding> run(Target target) throws Exception {
        String request = target.transcript().request();
        int length = request.length();
        return List.of(
                target.attempt(this, "a request a byte at a time")
                        .says(request, ", a byte at a time")
                        .expects("a good answer")
                        .by(() -> send(target, Collections.nCopies(length, 1), "a byte at a time")),
                target.attempt(this, "a request cut at random")
                        .says(request, ", cut anywhere, " + CUTS + " times")
                        .expects("a good answer")
                        .by(() -> sendCut(target, length)));
    }

    private static String sendCut(Target target, int length) throws Exception {
        for (int i = 0; i < CUTS; i++) {
            List<Integer> pieces = Generators.cuts(length).from(target.choices());
            String wrong = send(target, pieces, "in pieces of " + pieces);
            if (!wrong.isEmpty()) {
                return wrong;
            }
        }
        return "";
    }

    private static String send(Target target, List<Integer> pieces, String how) throws Exception {
        Transcript transcript = target.transcript();
        Peer peer = target.connect();
        int at = 0;
        for (int piece : pieces) {
            peer.say(transcript.request().substring(at, at + piece));
            at += piece;
            peer.waits(PAUSE);
        }
        return peer.comesToBe(() -> transcript.isGood(peer.heard()), target.patience())
                ? ""
                : "gave no good answer to a request that came " + how;
    }
}
