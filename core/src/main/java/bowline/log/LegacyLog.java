package bowline.log;

import bowline.failure.Failure;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What [Log] does, over any beginner.
final class LegacyLog {
    private final LogBeginner beginner;

    LegacyLog(LogBeginner beginner) {
        this.beginner = beginner;
    }

    LogPublisher publisher() {
        return beginner.publisher();
    }

    @Nullable
    FileLogObserver startLogging(OutputStream file, boolean setStdout) {
        if (file instanceof LoggingStream) {
            return null; // it leads back to us
        }
        var observer = new FileLogObserver(file);
        startLogging(observer, setStdout);
        return observer;
    }

    void startLogging(LogObserver observer, boolean setStdout) {
        if (setStdout) {
            beginner.beginLoggingTo(List.of(observer), LogBeginner.Option.DISCARD_BUFFER);
        } else {
            beginner.beginLoggingTo(
                    List.of(observer), LogBeginner.Option.DISCARD_BUFFER, LogBeginner.Option.KEEP_STANDARD_IO);
        }
        msg(Map.of(), List.of("Log opened."));
    }

    void msg(Map<String, ? extends @Nullable Object> keys, List<?> parts) {
        publish(keys, parts, keys.get("failure") instanceof Failure failure ? failure : null);
    }

    void err(Failure failure, @Nullable String why) {
        var keys = new LinkedHashMap<String, @Nullable Object>();
        keys.put("isError", 1);
        if (why != null) {
            keys.put("why", why);
        }
        publish(keys, List.of(), failure);
    }

    void err(@Nullable Object odd) {
        publish(Map.of("isError", 1), List.of(ValueText.debug(odd)), null);
    }

    private void publish(Map<String, ? extends @Nullable Object> keys, List<?> parts, @Nullable Failure failure) {
        LogLevel level = EventKeys.isTrue(keys.get("isError")) ? LogLevel.CRITICAL : LogLevel.INFO;
        LogPublisher publisher = publisher();
        if (!publisher.wants(level)) {
            return;
        }
        var values = new LinkedHashMap<String, @Nullable Object>(keys);
        values.put("message", parts);
        values.putIfAbsent("isError", 0);
        publisher.observe(new LogEvent(
                publisher.times().instant(),
                level,
                EventKeys.LEGACY_NAMESPACE,
                null,
                null,
                values,
                LogContext.ofEvent(failure),
                failure));
    }

    <T> @Nullable T callWithLogger(LogPrefixed owner, Callable<T> work) {
        LogContext.Slot slot = LogContext.slot();
        LogContext before = slot.swap(LogContext.of(owner));
        try {
            return work.call();
        } catch (Exception thrown) {
            err(Failure.of(thrown), null);
            return null;
        } finally {
            slot.swap(before);
        }
    }
}
