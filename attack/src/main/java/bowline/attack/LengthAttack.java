package bowline.attack;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// G1: memory for lengths that a peer declares, and for a unit that never ends.
final class LengthAttack implements Attack {
    private static final int PIECE_BYTES = 1 << 14;
    private static final List<Long> LENGTHS =
            List.of(1L << 24, Integer.MAX_VALUE + 0L, (1L << 32) - 1, Long.MAX_VALUE, -1L);
    private static final int PEERS_EACH = 4;
    private static final long GROWTH_MAX_BYTES = 64 << 10;

    @Override
    public String rule() {
        return "G1";
    }

    @Override
    public String title() {
        return "lengths that are declared, and units that never end";
    }

    @Override
    public List<Finding> run(Target target) throws Exception {
        return List.of(endless(target), declared(target));
    }

    private Finding endless(Target target) throws Exception {
        String beginning = target.transcript().endless();
        int max = target.limits().unitMaxBytes();
        Attempt attempt = target.attempt(this, "a unit without an end");
        return beginning.isEmpty()
                ? attempt.not("the transcript has no unit that could be endless: give endless(…)")
                : attempt.says(beginning, " and up to " + max + " bytes behind it")
                        .expects("an end of the connection before that, by a limit that has a name")
                        .by(() -> feed(target, beginning, max));
    }

    private static String feed(Target target, String beginning, int max) throws Exception {
        Peer peer = target.connect();
        peer.say(beginning);
        String piece = "a".repeat(PIECE_BYTES);
        for (int said = 0; said < max && !peer.lost(); said += PIECE_BYTES) {
            peer.say(piece);
            if (!peer.comesToBe(peer::sent, target.patience())) {
                break; // it takes no more
            }
        }
        return peer.comesToBe(peer::lost, target.patience())
                ? ""
                : "took " + max + " bytes of one unit and still waits for its end";
    }

    private Finding declared(Target target) throws Exception {
        LongFunction<String> declaring = target.transcript().declaring();
        Attempt attempt = target.attempt(this, "a length that is only declared");
        if (declaring == null) {
            return attempt.not("the transcript has no unit that declares its length: give declares(…)");
        }
        LongSupplier retained = target.inside().retained();
        return attempt.says(declaring.apply(LENGTHS.get(1)), ", and other lengths: " + LENGTHS)
                .expects("others are served" + (retained == null ? "" : ", and less than 64 KiB is held for each"))
                .by(() -> declare(target, declaring, retained));
    }

    private static String declare(Target target, LongFunction<String> declaring, @Nullable LongSupplier retained)
            throws Exception {
        for (long length : LENGTHS) {
            long before = retained == null ? 0 : retained.getAsLong();
            for (int i = 0; i < PEERS_EACH; i++) {
                target.connect().say(declaring.apply(length));
            }
            Peer last = target.peers().getLast();
            last.comesToBe(last::lost, target.patience().dividedBy(10));
            long growth = retained == null ? 0 : retained.getAsLong() - before;
            if (growth > PEERS_EACH * GROWTH_MAX_BYTES) {
                return "holds " + growth + " bytes more for " + PEERS_EACH + " peers that have declared " + length
                        + " bytes and sent none";
            }
            target.endPeers();
        }
        return "";
    }
}
