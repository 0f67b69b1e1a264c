package bowline.log;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Begins the log: says where events go, once a program knows (LGR-9). Until then the last
/// [EarlyLog#EVENTS_MAX] events are kept, and critical ones printed to standard error (LOG-16).
/// Safe for any thread.
///
///     LogBeginner.global().beginLoggingTo(List.of(new TextLogObserver(System.out)));
public final class LogBeginner {
    private static final LogBeginner GLOBAL = new LogBeginner(new LogPublisher(), StandardIo.system());
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final Set<Class<?>> DOORS = Set.of(LogBeginner.class, Log.class, LegacyLog.class);

    private final LogPublisher publisher;
    private final StandardIo standardIo;
    private final EarlyLog early;
    private @Nullable String firstPlace;

    /// What to do otherwise when the log begins.
    public enum Option {
        /// Drops the events kept so far in place of replaying them.
        DISCARD_BUFFER,
        /// Leaves standard output and standard error as they are in place of turning them into events.
        KEEP_STANDARD_IO
    }

    LogBeginner(LogPublisher publisher, StandardIo standardIo) {
        this.publisher = publisher;
        this.standardIo = standardIo;
        this.early = new EarlyLog(this::standardError);
        publisher.add(early);
    }

    /// The one that begins the log of the process's publisher.
    public static LogBeginner global() {
        return GLOBAL;
    }

    LogPublisher publisher() {
        return publisher;
    }

    /// Sends events to `observers` from now on, the kept ones first, and turns standard output and
    /// standard error into events (LOG-13). A second call adds its observers and warns, naming both places.
    public void beginLoggingTo(List<? extends LogObserver> observers, Option... options) {
        Set<Option> chosen = EnumSet.noneOf(Option.class);
        chosen.addAll(List.of(options));
        String place = caller();
        String before = claim(place);
        publisher.exchange(List.of(early), List.copyOf(observers));
        if (before == null) {
            early.handOver(List.copyOf(observers), chosen.contains(Option.DISCARD_BUFFER));
        } else {
            warn(place, before);
        }
        if (!chosen.contains(Option.KEEP_STANDARD_IO)) {
            standardIo.redirect(publisher);
        }
    }

    /// Gives the program back its standard output and standard error.
    public void restoreStandardIo() {
        standardIo.restore();
    }

    /// Prints an event to the standard error that was before any redirection, as text only: the last
    /// resort of what nobody else would see.
    void standardError(LogEvent event) {
        String body = EventText.body(event);
        if (!body.isEmpty()) {
            var line = new StringBuilder();
            LogText.appendIndented(line, body);
            PrintStream err = standardIo.originalErr();
            err.writeBytes(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
            err.flush();
        }
    }

    /// Whether the log has begun.
    synchronized boolean begun() {
        return firstPlace != null;
    }

    private synchronized @Nullable String claim(String place) {
        String before = firstPlace;
        if (before == null) {
            firstPlace = place;
        }
        return before;
    }

    private void warn(String place, String before) {
        publisher.observe(new LogEvent(
                publisher.times().instant(),
                LogLevel.WARN,
                LogBeginner.class.getName(),
                this,
                "the primary log target is selected twice: at {place}, and before at {before}; remove one of the calls",
                Map.<String, @Nullable Object>of("place", place, "before", before),
                LogContext.empty(),
                null));
    }

    private static String caller() {
        return STACK.walk(frames -> frames.filter(frame -> !DOORS.contains(frame.getDeclaringClass()))
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("an unknown place"));
    }
}
