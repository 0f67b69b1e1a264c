package bowline.conformance;

import bowline.defer.AlreadyCalledError;
import bowline.defer.BothCallback;
import bowline.defer.Callback;
import bowline.defer.CancelledError;
import bowline.defer.Canceller;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A program of Deferred operations and the transcript of what happens: the twin of
/// `deferred_transcript.py`.
final class DeferredProgram {
    private static final int DEFERREDS = 5;
    private static final int STEPS = 24;
    private static final String[] KINDS = {"pass", "value", "none", "raise", "wait"};

    private final Map<String, Deferred<@Nullable Object>> deferreds = new TreeMap<>();
    private final StringBuilder transcript = new StringBuilder();

    private static final class Oops extends Exception {
        private static final long serialVersionUID = 1;

        Oops(String message) {
            super(message);
        }
    }

    /// A program that waits only for Deferreds with a higher number, so that none waits for itself, or that
    /// pauses. Never both: in Twisted a Deferred whose result goes to a paused one forgets its own further
    /// layers until somebody adds another (ours go on, DEF-3). And none is waited for twice: in Twisted one that is
    /// handing its result over can be taken over again at once, without its further layers (ours waits, DEF-14).
    static List<String> random(Random random) {
        boolean waits = random.nextBoolean();
        boolean[] awaited = new boolean[DEFERREDS];
        var lines = new ArrayList<String>();
        for (int i = 0; i < DEFERREDS; i++) {
            String[] makers = {
                "new " + i,
                "new " + i,
                "stoppable " + i + " nothing",
                "stoppable " + i + " value",
                "stoppable " + i + " error"
            };
            lines.add(makers[random.nextInt(makers.length)]);
        }
        int[] pauses = new int[DEFERREDS];
        for (int step = 0; step < STEPS; step++) {
            lines.add(step(random, step, waits ? awaited : null, pauses));
        }
        return lines;
    }

    private static String step(Random random, int step, boolean @Nullable [] awaited, int[] pauses) {
        int on = random.nextInt(DEFERREDS);
        switch (random.nextInt(12)) {
            case 0, 1, 2:
                return "callback " + on + " L" + step + reaction(random, on, awaited);
            case 3:
                return "errback " + on + " L" + step + reaction(random, on, awaited);
            case 4:
                return "callbacks " + on + " L" + step + reaction(random, on, awaited) + reaction(random, on, awaited);
            case 5:
                return "both " + on + " L" + step + reaction(random, on, awaited);
            case 6:
                return chainOrCancel(random, on, awaited);
            case 7, 8:
                return "fire " + on + " " + random.nextInt(100);
            case 9:
                return "fail " + on + " " + random.nextInt(100);
            case 10:
                return "cancel " + on;
            default:
                return awaited != null ? "cancel " + on : pauseOrUnpause(random, on, pauses);
        }
    }

    /// None is chained that is waited for, or the other way round: in Twisted one that is firing another can be
    /// taken over with its result so far (ours waits until its layers are through, DEF-14).
    private static String chainOrCancel(Random random, int on, boolean @Nullable [] awaited) {
        if (on + 1 == DEFERREDS || (awaited != null && awaited[on])) {
            return "cancel " + on;
        }
        if (awaited != null) {
            awaited[on] = true;
        }
        return "chain " + on + " " + later(random, on);
    }

    private static String pauseOrUnpause(Random random, int on, int[] pauses) {
        if (pauses[on] > 0 && random.nextBoolean()) {
            pauses[on]--;
            return "unpause " + on;
        }
        pauses[on]++;
        return "pause " + on;
    }

    private static String reaction(Random random, int on, boolean @Nullable [] awaited) {
        String kind = KINDS[random.nextInt(KINDS.length)];
        if (!kind.equals("wait")) {
            return " " + kind + " " + random.nextInt(100);
        }
        int target = on + 1 == DEFERREDS ? on : later(random, on);
        if (awaited == null || target == on || awaited[target]) {
            return " none 0";
        }
        awaited[target] = true;
        return " wait " + target;
    }

    private static int later(Random random, int on) {
        return on + 1 + random.nextInt(DEFERREDS - on - 1);
    }

    /// Runs the program and answers its transcript.
    String run(List<String> program) {
        for (String line : program) {
            step(line.split(" "));
        }
        deferreds.forEach((name, deferred) -> say("state " + name + " " + state(deferred)));
        return transcript.toString();
    }

    private void step(String[] words) {
        switch (words[0]) {
            case "new" -> deferreds.put(words[1], new Deferred<>());
            case "stoppable" -> deferreds.put(words[1], new Deferred<>(canceller(words[2])));
            default -> {
                try {
                    act(words, deferredOf(words[1]));
                } catch (AlreadyCalledError again) {
                    say("already called");
                }
            }
        }
    }

    private void act(String[] words, Deferred<@Nullable Object> deferred) {
        switch (words[0]) {
            case "callback" -> deferred.addCallback(onValue(words, 3));
            case "errback" -> deferred.addErrback(onError(words, 3));
            case "callbacks" -> deferred.addCallbacks(onValue(words, 3), onError(words, 5));
            case "both" -> deferred.addBoth(onBoth(words));
            case "chain" -> deferred.chainDeferred(deferredOf(words[2]));
            case "fire" -> deferred.callback(Integer.valueOf(words[2]));
            case "fail" -> deferred.errback(new Oops(words[2]));
            case "cancel" -> deferred.cancel();
            case "pause" -> deferred.pause();
            case "unpause" -> deferred.unpause();
            default -> throw new AssertionError("no such verb: " + words[0]);
        }
    }

    private Callback<@Nullable Object, @Nullable Object> onValue(String[] words, int at) {
        return value -> react(words[2] + " value", value, words[at], words[at + 1]);
    }

    private Callback<Failure, @Nullable Object> onError(String[] words, int at) {
        return failure -> react(words[2] + " error", failure, words[at], words[at + 1]);
    }

    private BothCallback<@Nullable Object, @Nullable Object> onBoth(String[] words) {
        return (value, failure) -> react(words[2] + " both", failure == null ? value : failure, words[3], words[4]);
    }

    private @Nullable Object react(String label, @Nullable Object result, String kind, String argument) throws Oops {
        say(label + " " + shown(result));
        return switch (kind) {
            case "pass" -> result;
            case "value" -> Integer.valueOf(argument);
            case "raise" -> throw new Oops(argument);
            case "wait" -> deferredOf(argument);
            default -> null;
        };
    }

    private Canceller canceller(String how) {
        return cancelled -> {
            say("canceller " + how);
            if (how.equals("value")) {
                deferreds.values().stream().filter(each -> each == cancelled).forEach(each -> each.callback(7));
            } else if (how.equals("error")) {
                cancelled.errback(new Oops("by canceller"));
            }
        };
    }

    private Deferred<@Nullable Object> deferredOf(String name) {
        Deferred<@Nullable Object> deferred = deferreds.get(name);
        if (deferred == null) {
            throw new AssertionError("no Deferred " + name);
        }
        return deferred;
    }

    private static String state(Deferred<@Nullable Object> deferred) {
        if (!deferred.called()) {
            return "unfired";
        }
        if (!deferred.hasResult()) {
            return "held";
        }
        String shown = shown(deferred.result());
        deferred.addErrback(_ -> null);
        return shown;
    }

    private static String shown(@Nullable Object result) {
        if (!(result instanceof Failure failure)) {
            return result == null ? "none" : result.toString();
        }
        if (failure.check(CancelledError.class) != null) {
            return "cancelled";
        }
        return failure.check(AlreadyCalledError.class) != null ? "already" : "oops " + failure.message();
    }

    private void say(String line) {
        transcript.append(line).append('\n');
    }
}
