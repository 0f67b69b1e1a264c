package bowline.defer;

import bowline.log.Causes;
import bowline.log.Logger;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a Deferred only when debugging: where it was made and first fired (UNH-4), and whose
/// loop it belongs to (DEF-27).
final class Trail {
    private static final Set<String> OWN =
            Set.of(Trail.class.getName(), Chain.class.getName(), Deferred.class.getName());

    private final Throwable creation = new Throwable();
    private final @Nullable LoopThread owner = LoopThread.current();
    private final PendingDeferreds.@Nullable Entry pending;
    private final long number = owner == null ? 0 : owner.nextDeferred();
    private final Causes making = Causes.current().then("Deferred", number);
    private @Nullable Throwable firing;

    Trail(Chain chain) {
        pending = PendingDeferreds.begin(chain, this);
    }

    void fired() {
        firing = new Throwable();
        if (pending != null) {
            PendingDeferreds.end(pending);
        }
    }

    /// Runs the layers as what firing the Deferred leads to.
    void run(Runnable layers) {
        String itself = number == 0 ? "a Deferred" : "Deferred " + number;
        Causes.current()
                .then("firing of " + itself + " (made " + making.where() + ")", 0)
                .run(layers);
    }

    /// Which of its loop's Deferreds it is, from 1; 0 if it was made on none.
    long number() {
        return number;
    }

    /// Whether it was made on this loop, or on none.
    boolean belongsTo(@Nullable LoopThread loop) {
        return owner == null || owner == loop;
    }

    /// Where it was made, innermost first.
    List<String> creator(int placesMax) {
        return Arrays.stream(creation.getStackTrace())
                .dropWhile(frame -> OWN.contains(frame.getClassName()))
                .limit(placesMax)
                .map(StackTraceElement::toString)
                .toList();
    }

    /// @throws WrongThreadException if the Deferred was made on a loop that still runs, and this is not its thread
    void checkThread() {
        if (owner != null && !owner.admitsThisThread()) {
            throw new WrongThreadException(owner.refusal());
        }
    }

    /// A block of lines, ` C:` for the creator's and ` I:` for the invoker's.
    @Override
    public String toString() {
        var text = new StringBuilder("\n(debug:");
        lines(text, " C:", creation);
        if (firing != null) {
            lines(text, " I:", firing);
        }
        return text.append(')').toString();
    }

    /// The same as a format without fields: the log then takes its lines for our own, not for a peer's.
    String asFormat() {
        return Logger.literal(toString());
    }

    private static void lines(StringBuilder text, String mark, Throwable place) {
        boolean inside = true;
        for (StackTraceElement frame : place.getStackTrace()) {
            inside = inside && OWN.contains(frame.getClassName());
            if (!inside) {
                text.append('\n').append(mark).append(' ').append(frame);
            }
        }
    }
}
