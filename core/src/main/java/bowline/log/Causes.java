package bowline.log;

import bowline.failure.Debug;
import bowline.time.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What led to the present callback, from turn to turn and from thread to thread: how work was handed on, and
/// where. Kept with debugging on only ([Debug]); an error that is logged then tells it (TIM-8 and UNH-4, taken
/// further).
///
///     timed call 3, made in turn 12 of reactor 1 at Poems.later(Poems.java:17), Poems.dataReceived(Poems.java:9)
///     connection 7 (Poems,0,127.0.0.1), in turn 12 of reactor 1
///
/// Immutable. What hands work on, takes [#current], adds a step by [#then], and has the work done under that by
/// [#carry].
public final class Causes {
    /// Most steps that are kept; of those before, it is told how many there were.
    public static final int STEPS_MAX = 16;

    /// Most places told of each step, innermost first.
    public static final int PLACES_MAX = 3;

    private static final Causes NONE = new Causes(List.of(), 0);

    /// What hands work on: it is the program's places that matter.
    private static final List<String> MACHINERY = List.of(
            "java.",
            "jdk.",
            "bowline.defer.",
            "bowline.reactor.carrier.",
            "bowline.reactor.loop.",
            "bowline.reactor.nio.",
            "bowline.reactor.threads.",
            "bowline.simulation.reactor.",
            Causes.class.getName());

    private final List<Step> steps;
    private final int forgotten;

    private Causes(List<Step> steps, int forgotten) {
        this.steps = steps;
        this.forgotten = forgotten;
    }

    /// One handing on.
    ///
    /// @param times how often it was done in a row, as by a call that has itself called again; the others are those
    ///     of the last time
    private record Step(String what, String number, int reactor, long turn, List<String> places, int times) {
        boolean repeats(Step before) {
            return what.equals(before.what) && places.equals(before.places) && reactor == before.reactor;
        }

        Step onceMore(Step before) {
            return new Step(what, number, reactor, turn, places, before.times + 1);
        }

        /// As in `in turn 12 of reactor 1 at Poems.later(Poems.java:17)`.
        String where() {
            return (turn == 0 ? "outside of turns" : "in turn " + turn + " of reactor " + reactor)
                    + (places.isEmpty() ? "" : " at " + String.join(", ", places));
        }

        @Override
        public String toString() {
            return what + number + ", " + where() + (times == 1 ? "" : " (the last of " + times + " in a row)");
        }
    }

    /// What led to what the present thread does; nothing when debugging is off.
    public static Causes current() {
        if (!Debug.enabled()) {
            return NONE;
        }
        LogContext.Slot slot = LogContext.slot();
        Causes led = slot.causes();
        if (led != null) {
            return led;
        }
        Causes origin = slot.current().origin();
        return (origin == null ? NONE : origin).then(first(slot));
    }

    /// Where every chain begins: what the reactor does of itself for somebody.
    private static Step first(LogContext.Slot slot) {
        LogContext context = slot.current();
        long connection = context.connection();
        String prefix = ValueText.foreign(context.system());
        String what = connection > 0 ? "connection" : context.hasSystem() ? prefix : "the program itself";
        return step(what, connection > 0 ? " " + connection + " (" + prefix + ")" : "", slot, List.of());
    }

    private static Step step(String what, String number, LogContext.Slot slot, List<String> places) {
        LogTurn turn = slot.turn();
        return new Step(what, number, turn == null ? 0 : turn.reactor(), turn == null ? 0 : turn.number(), places, 1);
    }

    /// These, and one step more that the calling thread takes here and now.
    ///
    /// @param what how work is handed on, as in `timed call`
    /// @param number which of its kind it is; 0 if they are not numbered
    public Causes then(String what, long number) {
        return then(step(what, number == 0 ? "" : " " + number, LogContext.slot(), places()));
    }

    private Causes then(Step next) {
        var more = new ArrayList<>(steps);
        int forgottenNow = forgotten;
        if (!more.isEmpty() && next.repeats(more.getLast())) {
            more.add(next.onceMore(more.removeLast()));
        } else {
            more.add(next);
        }
        if (more.size() > STEPS_MAX) {
            forgottenNow += more.removeFirst().times();
        }
        return new Causes(List.copyOf(more), forgottenNow);
    }

    private static List<String> places() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::toStackTraceElement)
                        .dropWhile(Causes::isMachinery)
                        .takeWhile(frame -> !isMachinery(frame))
                        .limit(PLACES_MAX)
                        .map(Causes::inWords)
                        .toList());
    }

    private static boolean isMachinery(StackTraceElement frame) {
        String name = frame.getClassName();
        return MACHINERY.stream().anyMatch(name::startsWith);
    }

    /// Without the module's and loader's names.
    private static String inWords(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                + frame.getLineNumber() + ")";
    }

    /// Whether there is more to tell than for whom the present turn works.
    boolean tellSomething() {
        return steps.size() > 1 || forgotten > 0;
    }

    /// The steps in words, the latest first.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        steps.reversed().forEach(step -> lines.add(step.toString()));
        if (forgotten > 0) {
            lines.add("and " + forgotten + " steps before that");
        }
        return lines;
    }

    /// When and where the latest step was taken, in words.
    public String where() {
        return steps.isEmpty() ? "" : steps.getLast().where();
    }

    /// Does `work` as what these have led to.
    public void run(Runnable work) {
        LogContext.Slot slot = LogContext.slot();
        Causes before = slot.causes(this);
        try {
            work.run();
        } finally {
            slot.causes(before);
        }
    }

    /// Does `work` as what these have led to. What it throws is known to have come from it, also when somebody
    /// logs it later on the same thread.
    public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
        LogContext.Slot slot = LogContext.slot();
        Causes before = slot.causes(this);
        try {
            return work.call();
        } catch (Throwable thrown) {
            slot.thrown(thrown, this);
            throw thrown;
        } finally {
            slot.causes(before);
        }
    }

    /// An action that does `action` as what these have led to.
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
}
