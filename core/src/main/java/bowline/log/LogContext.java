package bowline.log;

import bowline.failure.Debug;
import bowline.failure.Failure;
import bowline.time.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What the present thread is working for: keys that every event logged meanwhile carries, `system`
/// (the log prefix) above all (LOG-12).
///
/// A context is immutable; what changes is which one a thread has. A connection keeps one context
/// for life and the reactor puts it in force around each dispatch by [Slot#swap], which allocates nothing.
public final class LogContext {
    private static final LogContext EMPTY = new LogContext(null, Map.of(), null);
    private static final ThreadLocal<Slot> SLOT = ThreadLocal.withInitial(Slot::new);

    private final @Nullable LogPrefixed owner;
    private final Map<String, Object> keys;
    private final @Nullable Moment moment;

    private LogContext(@Nullable LogPrefixed owner, Map<String, Object> keys, @Nullable Moment moment) {
        this.owner = owner;
        this.keys = keys;
        this.moment = moment;
    }

    /// When something was logged: in which turn of which reactor, if in one, and with debugging on, what led to it.
    private record Moment(int reactor, long turn, @Nullable Causes causes) {}

    /// The context with nothing in it.
    public static LogContext empty() {
        return EMPTY;
    }

    /// The context of work done for `owner`; its prefix is asked for only when an event is logged.
    public static LogContext of(LogPrefixed owner) {
        return new LogContext(Objects.requireNonNull(owner), Map.of(), null);
    }

    /// The same for work that goes on through many turns, such as a connection's: with debugging on, its
    /// [Causes] lead back beyond its beginning.
    public static LogContext ofLasting(LogPrefixed owner) {
        Causes causes = Debug.enabled() ? SLOT.get().causes : null;
        return causes == null ? of(owner) : new LogContext(owner, Map.of(), new Moment(0, 0, causes));
    }

    /// What led to the beginning of this lasting work, if that is known.
    @Nullable
    Causes origin() {
        return moment == null ? null : moment.causes;
    }

    /// What the present thread works for.
    public static LogContext current() {
        return SLOT.get().current;
    }

    /// The same for an event that is logged now: with the turn that the present thread is in, if it is in one,
    /// and with debugging on, with what led to it.
    ///
    /// @param thrown what the event tells of, if anything: it may have been thrown in work that is over
    public static LogContext ofEvent(@Nullable Failure thrown) {
        Slot slot = SLOT.get();
        LogContext current = slot.current;
        Causes causes = thrown != null && Debug.enabled() ? slot.causesOf(thrown) : null;
        if (slot.turn == null && causes == null) {
            return current;
        }
        Moment now = slot.turn == null
                ? new Moment(0, 0, causes)
                : new Moment(slot.turn.reactor(), slot.turn.number(), causes);
        return new LogContext(current.owner, current.keys, now);
    }

    /// The present thread's place for its context. A loop fetches it once and keeps it.
    public static Slot slot() {
        return SLOT.get();
    }

    /// This context with `key` added or replaced; `system` replaces the owner's prefix.
    public LogContext with(String key, Object value) {
        var more = new LinkedHashMap<>(keys);
        more.put(key, value);
        return new LogContext(owner, more, moment);
    }

    /// This context without `key`.
    public LogContext without(String key) {
        if (!keys.containsKey(key)) {
            return this;
        }
        var fewer = new LinkedHashMap<>(keys);
        fewer.remove(key);
        return new LogContext(owner, fewer, moment);
    }

    /// This context with its owner, and with `replacement` in place of all its keys.
    public LogContext withKeys(Map<String, ?> replacement) {
        return new LogContext(owner, new LinkedHashMap<>(replacement), moment);
    }

    /// This context's prefix: `-` when it has none. Never throws (LOG-12).
    public String system() {
        Object given = keys.get("system");
        if (given != null) {
            return String.valueOf(given);
        }
        if (owner == null) {
            return "-";
        }
        try {
            return String.valueOf(owner.logPrefix());
        } catch (RuntimeException broken) {
            return "(buggy logPrefix method)";
        }
    }

    /// Whether work is being done for somebody in particular.
    public boolean hasSystem() {
        return owner != null || keys.containsKey("system");
    }

    /// The number of the reactor in whose turn the event was logged; 0 if it was in none (issue 4, causality).
    public int reactor() {
        return moment == null ? 0 : moment.reactor;
    }

    /// The turn in which the event was logged; 0 if it was in none.
    public long turn() {
        return moment == null ? 0 : moment.turn;
    }

    /// What led to the event, the latest first; empty unless debugging was on and it came by way of other turns or
    /// threads.
    public List<String> causes() {
        return moment == null || moment.causes == null || !moment.causes.tellSomething()
                ? List.of()
                : moment.causes.lines();
    }

    /// The number, in its reactor, of the connection that the work is done for; 0 if it is done for none.
    public long connection() {
        return owner instanceof LogNumbered connection ? connection.connectionNumber() : 0;
    }

    /// The keys beside the prefix.
    public Map<String, Object> keys() {
        return keys;
    }

    /// Does `work` in this context, and puts the former one back.
    public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
        Slot slot = slot();
        LogContext before = slot.swap(this);
        try {
            return work.call();
        } finally {
            slot.swap(before);
        }
    }

    /// An action that does `action` in this context: for those who hand work on to a later time or another thread
    /// (COR-8).
    public Action carry(Action action) {
        return () -> call(() -> {
            action.run();
            return true;
        });
    }

    /// The same for work with a result.
    public <T extends @Nullable Object> Callable<T> carry(Callable<T> work) {
        return () -> call(work);
    }

    /// Where one thread's context is kept. For that thread only.
    public static final class Slot {
        private LogContext current = EMPTY;
        private @Nullable LogTurn turn;
        private @Nullable Causes causes;
        private @Nullable Throwable thrown;
        private @Nullable Causes thrownBy;

        private Slot() {}

        /// What the thread works for; other threads may look as well.
        public LogContext current() {
            return current;
        }

        /// From here on the thread works in turns that `next` counts, or in none; returns what was before.
        public @Nullable LogTurn turn(@Nullable LogTurn next) {
            LogTurn before = turn;
            turn = next;
            return before;
        }

        /// What led to what the thread does, as far as it was handed on to it.
        @Nullable
        Causes causes() {
            return causes;
        }

        @Nullable
        Causes causes(@Nullable Causes next) {
            Causes before = causes;
            causes = next;
            return before;
        }

        /// The work that `by` led to has thrown. The first word is the closest to it.
        void thrown(Throwable fault, Causes by) {
            if (thrown != fault) {
                thrown = fault;
                thrownBy = by;
            }
        }

        Causes causesOf(Failure failure) {
            return thrownBy != null && failure.value() == thrown ? thrownBy : Causes.current();
        }

        /// The turns that the thread works in; null if it works in none.
        public @Nullable LogTurn turn() {
            return turn;
        }

        /// Puts `next` in force and returns what was before.
        public LogContext swap(LogContext next) {
            LogContext before = current;
            current = next;
            return before;
        }
    }
}
