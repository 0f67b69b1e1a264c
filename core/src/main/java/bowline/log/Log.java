package bowline.log;

import bowline.failure.Failure;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The log in its older, shorter form: one for the whole process, with messages that are already texts (section 37).
///
///     Log.startLogging(System.out);
///     Log.msg("Client connection from", peer);
///     Log.err(exception, "the poem is lost");
///
/// Both forms share one publisher: what is logged here is seen by every observer, and what a [Logger]
/// logs by the observers that are added here (LGR-13). Safe for any thread (LOG-17).
public final class Log {
    private static final LegacyLog GLOBAL = new LegacyLog(LogBeginner.global());

    private Log() {}

    /// Writes the log to `file` from now on, and what the program prints to standard output and standard
    /// error with it; the first line is `Log opened.` (LOG-5). `file` may be `System.out`, `System.err`,
    /// an open file or a [LogFile].
    public static void startLogging(OutputStream file) {
        startLogging(file, true);
    }

    /// As [#startLogging(OutputStream)]; with `setStdout` false, standard output and standard error stay
    /// what they are.
    public static void startLogging(OutputStream file, boolean setStdout) {
        GLOBAL.startLogging(file, setStdout);
    }

    /// As [#startLogging(OutputStream, boolean)], for an observer that writes in a manner of its own.
    public static void startLogging(FileLogObserver observer, boolean setStdout) {
        GLOBAL.startLogging(observer, setStdout);
    }

    /// Logs the texts of `parts` with a space between them (LOG-1).
    public static void msg(@Nullable Object... parts) {
        GLOBAL.msg(Map.of(), Arrays.asList(parts.clone()));
    }

    /// As [#msg], with keys for the observers. A `format` such as `%(user)s left`, where there are no
    /// parts, is filled from the keys (LOG-3); `system` replaces the line's prefix.
    public static void msgWith(Map<String, ? extends @Nullable Object> keys, @Nullable Object... parts) {
        GLOBAL.msg(keys, Arrays.asList(parts.clone()));
    }

    /// Logs an exception with its traceback, as an error (LOG-2).
    ///
    /// @throws VirtualMachineError `thrown` itself when it [is fatal][Failure#isFatal] (FAI-13)
    public static void err(Throwable thrown) {
        GLOBAL.err(Failure.of(thrown), null);
    }

    /// Logs an exception with its traceback under the heading `why`.
    ///
    /// @throws VirtualMachineError `thrown` itself when it [is fatal][Failure#isFatal] (FAI-13)
    public static void err(Throwable thrown, String why) {
        GLOBAL.err(Failure.of(thrown), why);
    }

    /// Logs a failure with its traceback, as an error. Always returns null, so that `addErrback(Log::err)`
    /// logs the failure and handles it.
    @SuppressWarnings({"TypeParameterUnusedInFormals", "NullAway"}) // so that a method reference fits any errback
    public static <T extends @Nullable Object> T err(Failure failure) {
        GLOBAL.err(failure, null);
        return null;
    }

    /// Logs a failure with its traceback under the heading `why`.
    public static void err(Failure failure, String why) {
        GLOBAL.err(failure, why);
    }

    /// Logs anything else as an error, by its debug text (LOG-2).
    public static void err(@Nullable Object odd) {
        GLOBAL.err(odd);
    }

    /// Shows every event from now on to `observer` as well: a method reference, a lambda or an object (LOG-11).
    public static void addObserver(LogObserver observer) {
        GLOBAL.publisher().add(observer);
    }

    /// Stops showing events to `observer`. A method reference is a new object each time it is written:
    /// keep the one that was added.
    public static void removeObserver(LogObserver observer) {
        GLOBAL.publisher().remove(observer);
    }

    /// Does `work` with `keys` added to all that it logs (LOG-12).
    ///
    /// @throws Exception what `work` throws
    public static <T extends @Nullable Object> T callWithContext(Map<String, Object> keys, Callable<T> work)
            throws Exception {
        LogContext context = LogContext.current();
        for (var entry : keys.entrySet()) {
            context = context.with(entry.getKey(), entry.getValue());
        }
        return context.call(work);
    }

    /// Does `work` under the prefix of `owner`. An exception from it is logged under that prefix and goes
    /// no further; the result is then null (LOG-12).
    public static <T> @Nullable T callWithLogger(LogPrefixed owner, Callable<T> work) {
        return GLOBAL.callWithLogger(owner, work);
    }
}
