package bowline.attack;

import java.util.List;
import java.util.function.IntFunction;

/// G2: many items that are cheap to send.
final class CountAttack implements Attack {

    @Override
    public String rule() {
        return "G2";
    }

    @Override
    public String title() {
        return "a unit of very many small items";
    }

    @Override
    public List<Finding> run(Target target) throws Exception {
        Attempt attempt = target.attempt(this, "very many small items");
        IntFunction<String> items = target.transcript().items();
        int count = target.limits().itemsMax();
        return List.of(
                items == null
                        ? attempt.not("the transcript has no unit of several items: give items(…)")
                        : attempt.says(items.apply(2), ", and so on with " + count + " items")
                                .expects("an error or an end of the connection")
                                .by(() -> send(target, items.apply(count), count)));
    }

    private static String send(Target target, String unit, int count) throws Exception {
        Peer peer = target.connect();
        peer.say(unit);
        peer.comesToBe(() -> peer.lost() || !peer.heard().isEmpty(), target.patience());
        if (target.transcript().isGood(peer.heard())) {
            return "answered a unit of " + count + " items as if it were a usual one";
        }
        return peer.lost() || !peer.heard().isEmpty() ? "" : "took " + count + " items and says nothing to it";
    }
}
