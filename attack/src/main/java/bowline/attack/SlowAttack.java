package bowline.attack;

import bowline.protocol.ConnectError;
import java.time.Duration;
import java.util.List;

/// G6: slow writers, slow readers, and peers that say nothing.
final class SlowAttack implements Attack {
    private static final int PIECE_BYTES = 1 << 14;

    @Override
    public String rule() {
        return "G6";
    }

    @Override
    public String title() {
        return "peers that write or read slowly, or say nothing";
    }

    @Override
    public List<Finding> run(Target target) throws Exception {
        AttackLimits limits = target.limits();
        return List.of(
                trickling(target),
                target.attempt(this, "a peer that says nothing")
                        .says("nothing")
                        .expects("an end of the connection within "
                                + limits.idleTime().toSeconds() + " s")
                        .by(() -> idle(target)),
                crowding(target),
                target.attempt(this, "requests without reading an answer")
                        .says(
                                target.transcript().request(),
                                " again and again, up to " + limits.unreadMaxBytes() + " bytes")
                        .expects("no more is read, or the connection ends")
                        .by(() -> neverReads(target)));
    }

    private Finding trickling(Target target) throws Exception {
        String beginning = target.transcript().endless();
        Attempt attempt = target.attempt(this, "a unit that trickles");
        Duration time = target.limits().unitTime();
        return beginning.isEmpty()
                ? attempt.not("the transcript has no unit that could be endless: give endless(…)")
                : attempt.says(beginning, " and a byte each second")
                        .expects("an end of the connection within " + time.toSeconds()
                                + " s: a byte more gives no more time")
                        .by(() -> trickle(target, beginning, time));
    }

    private static String trickle(Target target, String beginning, Duration time) throws Exception {
        Peer peer = target.connect();
        peer.say(beginning);
        for (long second = 0; second < time.toSeconds() && !peer.lost(); second++) {
            peer.say("a");
            peer.comesToBe(peer::lost, Duration.ofSeconds(1));
        }
        return peer.lost() ? "" : "still waits for a unit that has trickled for " + time.toSeconds() + " s";
    }

    private static String idle(Target target) throws Exception {
        Peer peer = target.connect();
        Duration time = target.limits().idleTime();
        return peer.comesToBe(peer::lost, time)
                ? ""
                : "keeps a peer that has said nothing for " + time.toSeconds() + " s";
    }

    private Finding crowding(Target target) throws Exception {
        Attempt attempt = target.attempt(this, "a crowd that says half of a request");
        int crowd = target.limits().connections();
        return target.hasOtherSource()
                ? attempt.says("half of a request on " + crowd + " connections at once")
                        .expects("a client of another source is served as quickly as before")
                        .by(() -> crowd(target, crowd))
                : attempt.not("needs another source for the good client: give beside(…)");
    }

    private static String crowd(Target target, int crowd) throws Exception {
        double before = timeOfAnswer(target);
        String request = target.transcript().request();
        for (int i = 0; i < crowd; i++) {
            try {
                target.connect().say(request.substring(0, request.length() / 2));
            } catch (ConnectError refused) {
                break;
            }
        }
        double with = timeOfAnswer(target);
        return with <= before * 3 + 0.05
                ? ""
                : "a good answer took " + Math.round(with * 1e3) + " ms in the crowd, and " + Math.round(before * 1e3)
                        + " ms without it";
    }

    private static double timeOfAnswer(Target target) throws Exception {
        double begun = target.reactor().seconds();
        String wrong = target.served("in the crowd ");
        return wrong.isEmpty() ? target.reactor().seconds() - begun : Double.POSITIVE_INFINITY;
    }

    private static String neverReads(Target target) throws Exception {
        Peer peer = target.connect();
        peer.transport().pauseProducing();
        String request = target.transcript().request();
        String piece = request.repeat(Math.max(1, PIECE_BYTES / request.length()));
        int max = target.limits().unreadMaxBytes();
        for (long said = 0; said < max && !peer.lost(); said += piece.length()) {
            peer.say(piece);
            if (!peer.comesToBe(peer::sent, target.patience().dividedBy(5))) {
                return ""; // it takes no more, as it should
            }
        }
        return peer.lost() ? "" : "took " + max + " bytes of requests from a peer that reads no answer";
    }
}
