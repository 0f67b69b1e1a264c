package bowline.defer;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The Deferreds that have not fired yet, of those made while debugging was on ([bowline.failure.Debug]): for those
/// who ask what a program waits for. None is kept alive by this. Safe for any thread.
public final class PendingDeferreds {
    /// How many are remembered at once; those made beyond that are not.
    public static final int REMEMBERED_MAX = 10_000;

    private static final ReferenceQueue<Chain> COLLECTED = new ReferenceQueue<>();
    private static final Set<Entry> ENTRIES = new LinkedHashSet<>();

    private PendingDeferreds() {}

    /// One that has not fired.
    ///
    /// @param what itself, as its string says
    /// @param creator where it was made, innermost first
    public record Pending(String what, List<String> creator) {}

    /// A Deferred in the list.
    static final class Entry extends WeakReference<Chain> {
        private final Trail trail;

        private Entry(Chain chain, Trail trail) {
            super(chain, COLLECTED);
            this.trail = trail;
        }
    }

    /// Those that belong to `loop`, or to nobody, for they were made before it ran; the oldest first.
    ///
    /// @param placesMax how many lines of a creator's stack are told
    public static List<Pending> of(@Nullable LoopThread loop, int placesMax) {
        var pending = new ArrayList<Pending>();
        for (Entry entry : present()) {
            Chain chain = entry.get();
            if (chain != null && entry.trail.belongsTo(loop)) {
                pending.add(new Pending(chain.toString(), entry.trail.creator(placesMax)));
            }
        }
        return pending;
    }

    private static List<Entry> present() {
        synchronized (ENTRIES) {
            forgetCollected();
            return List.copyOf(ENTRIES);
        }
    }

    /// Remembers a Deferred until it fires or is collected.
    ///
    /// @return what ends that; null if there are too many
    static @Nullable Entry begin(Chain chain, Trail trail) {
        synchronized (ENTRIES) {
            forgetCollected();
            if (ENTRIES.size() == REMEMBERED_MAX) {
                return null;
            }
            var entry = new Entry(chain, trail);
            ENTRIES.add(entry);
            return entry;
        }
    }

    static void end(Entry entry) {
        synchronized (ENTRIES) {
            ENTRIES.remove(entry);
        }
    }

    private static void forgetCollected() {
        for (var gone = COLLECTED.poll(); gone != null; gone = COLLECTED.poll()) {
            ENTRIES.remove(gone);
        }
    }
}
