package bowline.attack;

import bowline.defer.Deferred;
import bowline.task.Later;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// G8: all ways to end a connection, and what they leave a loop to do.
final class SpinAttack implements Attack {
    private static final int STORM = 60;

    /// More turns a second than before: timers of the service may have come to life.
    private static final int TURNS_MORE_MAX = 5;

    @Override
    public String rule() {
        return "G8";
    }

    @Override
    public String title() {
        return "resets and early ends";
    }

    @Override
    public List<Finding> run(Target target) throws Exception {
        LongSupplier turns = target.inside().turns();
        double before = turns == null ? 0 : turnsEachSecond(target, turns);
        Finding storm = target.attempt(this, "resets and early ends")
                .says(STORM + " times a request, half of one or nothing, and then a reset, an end or half an end")
                .expects("others are served")
                .by(() -> storm(target));
        return List.of(storm, rest(target, turns, before));
    }

    private Finding rest(Target target, @Nullable LongSupplier turns, double before) throws Exception {
        Attempt attempt = target.attempt(this, "at rest afterwards");
        return turns == null
                ? attempt.not("a loop that spins does not show from outside: give inside(Inside.of(reactor))")
                : attempt.says("nothing")
                        .expects("at most " + TURNS_MORE_MAX + " turns a second more than before the storm")
                        .alone()
                        .by(() -> compare(before, turnsEachSecond(target, turns)));
    }

    private static String compare(double before, double after) {
        return after - before <= TURNS_MORE_MAX
                ? ""
                : "makes %.0f turns a second while nothing happens, and made %.0f before".formatted(after, before);
    }

    private static double turnsEachSecond(Target target, LongSupplier turns) throws Exception {
        rest(target, target.patience().dividedBy(5));
        long begun = turns.getAsLong();
        rest(target, target.patience());
        return (turns.getAsLong() - begun) * 1e9 / target.patience().toNanos();
    }

    private static void rest(Target target, Duration time) throws Exception {
        Deferred<?> over = Later.deferLater(target.reactor(), time);
        over.await();
    }

    private static String storm(Target target) throws Exception {
        String request = target.transcript().request();
        List<String> words = List.of("", request.substring(0, request.length() / 2), request);
        for (int i = 0; i < STORM; i++) {
            Peer peer = target.connect();
            peer.say(words.get(i / 3 % words.size()));
            if (i % 2 == 0) {
                peer.comesToBe(peer::sent, target.patience());
            }
            switch (i % 3) {
                case 0 -> peer.end();
                case 1 -> peer.transport().loseConnection();
                default -> peer.transport().loseWriteConnection();
            }
        }
        return "";
    }
}
