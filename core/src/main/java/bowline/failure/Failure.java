package bowline.failure;

import java.io.InvalidObjectException;
import java.io.PrintStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An exception as a value, with its trace, that can travel along an errback chain, into a log, to
/// another thread or, serialised, to another process (section 8).
///
/// Immutable and safe to share between threads. It is one reference to the exception and nothing
/// more: texts are made when somebody asks. Failures of ordinary events (a clean close) are shared
/// and traceless (FAI-9).
public final class Failure implements Serializable {
    private static final long serialVersionUID = 1;

    /// How much [#traceback(Detail)] tells.
    public enum Detail {
        /// One line a frame.
        BRIEF,
        /// The platform's usual text, causes included.
        DEFAULT,
        /// The usual text, and the types that the exception's type descends from.
        VERBOSE
    }

    private final transient Throwable value;

    private Failure(Throwable value) {
        this.value = value;
    }

    /// Wraps `thrown`, keeping its own trace (FAI-1, FAI-12).
    ///
    /// @throws VirtualMachineError `thrown` itself when it [is fatal][#isFatal]: the end of the JVM is no value
    ///     (FAI-13)
    public static Failure of(Throwable thrown) {
        if (isFatal(thrown)) {
            throw (VirtualMachineError) thrown;
        }
        return new Failure(Objects.requireNonNull(thrown, "thrown"));
    }

    /// Whether `thrown` ends the JVM rather than one piece of work, and so passes through everything (FAI-13):
    /// no memory, an error of the JVM itself. A [StackOverflowError] does not: where it is caught the stack has
    /// unwound, and only the handler that recursed too deep has failed, perhaps because a peer made it.
    public static boolean isFatal(Throwable thrown) {
        return thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
    }

    /// The failure that another process or an earlier run wrote down: names and texts without the class itself
    /// (FAI-11). Its exception is a [DepartedException].
    public static Failure departed(
            String typeName, List<String> ancestorNames, String message, List<StackTraceElement> frames) {
        return new Failure(DepartedException.of(typeName, ancestorNames, message, frames));
    }

    /// The exception.
    public Throwable value() {
        return value;
    }

    /// The exception's class; after a journey between processes, [DepartedException].
    public Class<? extends Throwable> type() {
        return value.getClass();
    }

    /// The qualified name of the exception's class, even where the class itself is absent (FAI-11).
    public String typeName() {
        return value instanceof DepartedException departed ? departed.typeName() : type().getName();
    }

    /// The names of the exception's class and its superclasses, nearest first (FAI-11).
    public List<String> ancestorNames() {
        if (value instanceof DepartedException departed) {
            return departed.ancestorNames();
        }
        var names = new ArrayList<String>();
        for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
            names.add(type.getName());
        }
        return names;
    }

    /// The first of `types` that the exception is an instance of, or null (FAI-2).
    @SafeVarargs
    public final @Nullable Class<? extends Throwable> check(Class<? extends Throwable>... types) {
        for (Class<? extends Throwable> type : types) {
            if (type.isInstance(value) || hadType(type)) {
                return type;
            }
        }
        return null;
    }

    /// The first of `names` that is the exception's class or an ancestor of it, or null (FAI-11).
    public @Nullable String check(String... names) {
        List<String> ancestors = ancestorNames();
        for (String name : names) {
            if (ancestors.contains(name)) {
                return name;
            }
        }
        return null;
    }

    /// As [#check(Class...)], but an exception of another type is thrown on, itself and unwrapped, so
    /// that in an error handler the failure simply goes on (FAI-3).
    @SafeVarargs
    public final Class<? extends Throwable> trap(Class<? extends Throwable>... types) {
        Class<? extends Throwable> found = check(types);
        if (found == null) {
            throw raise();
        }
        return found;
    }

    /// Throws the exception itself (FAI-4). Declared to return one so that callers may write
    /// `throw failure.raise()`; it never returns.
    public RuntimeException raise() {
        throw Failure.<RuntimeException>sneak(value);
    }

    /// The exception's message, or its class name when it has none. Never throws, whatever the
    /// exception's own methods do (FAI-5).
    public String message() {
        return Traceback.message(value);
    }

    /// One line naming type and message, then one `file:line:method` line a frame (FAI-6).
    public String briefTraceback() {
        return traceback(Detail.BRIEF);
    }

    /// The trace as text (FAI-6, FAI-8).
    public String traceback(Detail detail) {
        return Traceback.of(this, detail);
    }

    /// Prints the default trace to `out` (FAI-8). To the log it goes by `Logger.failure(failure)`.
    public void printTraceback(PrintStream out) {
        out.print(traceback(Detail.DEFAULT));
    }

    /// Drops what the failure need not keep alive (FAI-10). A Java frame holds no locals, so there is
    /// nothing to drop: kept for those who come from Twisted.
    public Failure cleanFailure() {
        return this;
    }

    private boolean hadType(Class<?> type) {
        return value instanceof DepartedException departed && departed.was(type.getName());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Failure failure && failure.value == value;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(value);
    }

    /// `[Failure instance: <brief traceback>]`, the form that logs show (FAI-7).
    @Override
    public String toString() {
        return "[Failure instance: " + briefTraceback() + "]";
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the one place that throws what is not declared
    private static <X extends Throwable> X sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }

    private Object writeReplace() {
        return new Serialized(value instanceof DepartedException departed ? departed : DepartedException.of(this));
    }

    private Object readResolve() throws InvalidObjectException {
        throw new InvalidObjectException("a Failure travels in its serialised form only");
    }

    /// What travels: names and texts, so that the reader needs none of the writer's classes (FAI-11).
    private record Serialized(DepartedException departed) implements Serializable {
        private Object readResolve() {
            return new Failure(departed);
        }
    }
}
