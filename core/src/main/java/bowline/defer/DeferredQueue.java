package bowline.defer;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;

/// Hands values from those who have them to those who wait for them, in order (LCK-5). Used on the
/// reactor's thread only.
///
/// @param <T> what is handed over; null is no value
public final class DeferredQueue<T> {

    /// For no limit.
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private final ArrayDeque<T> stored = new ArrayDeque<>();
    private final LinkedHashSet<Deferred<T>> getters = new LinkedHashSet<>();
    private final int size;
    private final int backlog;

    /// A queue without limits. Where a peer decides how much is put, take the other constructor.
    public DeferredQueue() {
        this(UNLIMITED, UNLIMITED);
    }

    /// A queue that stores at most `size` values nobody waits for, and lets at most `backlog` wait.
    ///
    /// @throws IllegalArgumentException if either is negative
    public DeferredQueue(int size, int backlog) {
        if (size < 0 || backlog < 0) {
            throw new IllegalArgumentException(
                    "size " + size + " or backlog " + backlog + " is negative; 0 allows none, UNLIMITED any number");
        }
        this.size = size;
        this.backlog = backlog;
    }

    /// Gives `value` to the one who has waited longest, before this returns, or stores it.
    ///
    /// @throws QueueOverflow if `size` values are stored already
    public void put(T value) {
        if (!getters.isEmpty()) {
            getters.removeFirst().callback(value);
            return;
        }
        if (stored.size() >= size) {
            throw new QueueOverflow(size);
        }
        stored.add(value);
    }

    /// Fires with the value stored longest, at once if there is one, or with one that is put later.
    /// Cancelling gives up waiting.
    ///
    /// @throws QueueUnderflow if `backlog` wait already
    public Deferred<T> get() {
        if (!stored.isEmpty()) {
            return Deferred.succeed(stored.remove());
        }
        if (getters.size() >= backlog) {
            throw new QueueUnderflow(backlog);
        }
        var getter = new Deferred<T>(getters::remove);
        getters.add(getter);
        return getter;
    }

    /// How many values are stored.
    public int pending() {
        return stored.size();
    }

    /// How many wait for a value.
    public int waiting() {
        return getters.size();
    }
}
