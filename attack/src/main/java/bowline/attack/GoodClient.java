package bowline.attack;

import bowline.defer.Deferred;
import bowline.protocol.ConnectError;
import bowline.task.Later;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A well-behaved client: asks again and again while others attack, less and less often, and judges the answers and
/// how long they took.
final class GoodClient {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Target target;
    private Deferred<@Nullable Void> pause = Deferred.succeed(null);
    private @Nullable Deferred<@Nullable Void> running;
    private boolean ended;
    private String wrong = "";
    private int served;
    private double slowest;

    GoodClient(Target target) {
        this.target = target;
    }

    void begin() {
        running = target.reactor().async(this::askOnAndOn);
    }

    private void askOnAndOn() throws Exception {
        for (Duration rest = FIRST_PAUSE; !ended && wrong.isEmpty(); rest = longer(rest)) {
            double begun = target.reactor().seconds();
            wrong = ask("meanwhile ");
            slowest = Math.max(slowest, target.reactor().seconds() - begun);
            served++;
            if (!ended) {
                pause = Later.deferLater(target.reactor(), rest);
                pause.addErrback(_ -> null);
                pause.await();
            }
        }
    }

    /// Asks once more and once more, as long as patience lasts: limits may take a moment to notice who has gone.
    String askUntilServed(String when) throws Exception {
        double end = target.reactor().seconds() + target.patience().toNanos() / 1e9;
        while (true) {
            String answer = ask(when);
            if (answer.isEmpty() || target.reactor().seconds() >= end) {
                return answer;
            }
            Deferred<?> rest = Later.deferLater(target.reactor(), FIRST_PAUSE);
            rest.await();
        }
    }

    private static Duration longer(Duration rest) {
        Duration twice = rest.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /// Ends it, and tells what was wrong with how it was served.
    String end() throws Exception {
        ended = true;
        pause.cancel();
        if (running != null) {
            running.await();
        }
        return wrong;
    }

    String summary() {
        return served == 0
                ? "a good client was served afterwards"
                : "a good client was served " + served + " times meanwhile, in at most " + Math.round(slowest * 1e3)
                        + " ms";
    }

    /// Asks once; what is wrong with the answer, or nothing.
    String ask(String when) throws Exception {
        Transcript transcript = target.transcript();
        Peer good;
        try {
            good = target.beside();
        } catch (ConnectError refused) {
            return when + "a good client could not connect: " + refused.getMessage();
        }
        good.say(transcript.bytes());
        try {
            good.comesToBe(() -> good.lost() || transcript.isGood(good.heard()), target.patience());
            return transcript.isGood(good.heard())
                    ? ""
                    : when + "a good client got no good answer within "
                            + target.patience().toMillis() + " ms";
        } finally {
            good.end();
        }
    }
}
