package bowline.attack;

import bowline.protocol.ConnectError;
import java.util.List;

/// G9: more connections than a service should keep, or than the system can give it.
final class FloodAttack implements Attack {

    @Override
    public String rule() {
        return "G9";
    }

    @Override
    public String title() {
        return "very many connections of one source";
    }

    @Override
    public List<Finding> run(Target target) throws Exception {
        int count = target.limits().connections();
        Attempt attempt = target.attempt(this, "very many connections of one source")
                .says(count + " connections at once, and nothing on them")
                .expects("some are refused, and " + (target.hasOtherSource() ? "other sources" : "all")
                        + " are served afterwards");
        if (!target.hasOtherSource()) {
            attempt.alone();
        }
        return List.of(attempt.by(() -> flood(target, count)));
    }

    private static String flood(Target target, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            try {
                target.connect();
            } catch (ConnectError refused) {
                return "";
            }
        }
        List<Peer> peers = target.peers();
        boolean someLost = peers.getLast().comesToBe(() -> peers.stream().anyMatch(Peer::lost), target.patience());
        return someLost ? "" : "keeps all of " + count + " connections of one source";
    }
}
