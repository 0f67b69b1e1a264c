package bowline.defer;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Many Deferreds as one (section 5). Each of these adds a layer to every member; results come in the order
/// of the members, whatever the order in which they fire. Cancelling the one cancels every member.
///
///     import static bowline.defer.DeferredList.gather;
///
///     gather(agent.getPage(first), agent.getPage(second)).addCallback(pages -> …)
public final class DeferredList {

    /// What may differ from the usual.
    public enum Flag {
        /// The first failure fails the whole with [FirstError]; the other members run on.
        FIRE_ON_ONE_ERRBACK,
        /// The members' failures count as handled, and their own results become null.
        CONSUME_ERRORS
    }

    private DeferredList() {}

    /// Fires when all members have a result, with how each ended; it does not fail by itself (AGG-1). No members:
    /// fires at once with an empty list (AGG-3).
    public static <T extends @Nullable Object> Deferred<List<Outcome<T>>> of(
            Collection<? extends Deferred<? extends T>> members, Flag... flags) {
        var gathering = new Gathering<T>(members, setOf(flags), false);
        return gathering.begin().addCallback(_ -> gathering.outcomes());
    }

    /// Fires with the first success and whose it is: Twisted's *fireOnOneCallback* (AGG-2). The others run
    /// on. If all fail, it fails with [FailureGroup]; without members it never fires (AGG-3).
    public static <T extends @Nullable Object> Deferred<Indexed<T>> firstSuccess(
            Collection<? extends Deferred<? extends T>> members, Flag... flags) {
        var gathering = new Gathering<T>(members, setOf(flags), true);
        return gathering.begin().addCallback(first -> {
            if (first == null) {
                throw gathering.noSuccess();
            }
            return first;
        });
    }

    /// Fires with the members' values; the first failure fails it with [FirstError] (AGG-6). The other
    /// members run on, and their failures are theirs unless [Flag#CONSUME_ERRORS] is given.
    public static <T extends @Nullable Object> Deferred<List<T>> gather(
            Collection<? extends Deferred<? extends T>> members, Flag... flags) {
        Set<Flag> all = setOf(flags);
        all.add(Flag.FIRE_ON_ONE_ERRBACK);
        var gathering = new Gathering<T>(members, all, false);
        return gathering.begin().addCallback(_ -> gathering.values());
    }

    /// As [#gather(Collection, Flag...)].
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is read, here and by asList
    public static <T extends @Nullable Object> Deferred<List<T>> gather(Deferred<? extends T>... members) {
        return gather(Arrays.asList(members));
    }

    /// Fires with the first success and cancels the other members (AGG-7). If all fail, it fails with
    /// [FailureGroup]. The members' own results become null.
    ///
    /// @throws IllegalArgumentException if there are no members: nobody could win
    public static <T extends @Nullable Object> Deferred<Indexed<T>> race(
            Collection<? extends Deferred<? extends T>> members) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a race without members has no winner; give at least one Deferred");
        }
        return new Race<T>(members).begin();
    }

    /// As [#race(Collection)].
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is read, here and by asList
    public static <T extends @Nullable Object> Deferred<Indexed<T>> race(Deferred<? extends T>... members) {
        return race(Arrays.asList(members));
    }

    private static Set<Flag> setOf(Flag[] flags) {
        var set = EnumSet.noneOf(Flag.class);
        set.addAll(Arrays.asList(flags));
        return set;
    }
}
