package bowline.slf4j;

import bowline.log.LogContext;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.ThreadLocalMapOfStacks;
import org.slf4j.spi.MDCAdapter;

/// The MDC is the [LogContext] of the thread: what is put here, every event carries that is logged meanwhile,
/// our own loggers' too, and what a program put into its context is found here, as text.
///
/// A reactor puts the former context back after each dispatch. So what was put while one connection was
/// served is not there when the next one is, though both are served by the same thread.
final class ContextMdc implements MDCAdapter {
    private final ThreadLocalMapOfStacks stacks = new ThreadLocalMapOfStacks();

    @Override
    public void put(String key, @Nullable String value) {
        LogContext now = LogContext.current();
        force(value == null ? now.without(name(key)) : now.with(name(key), value));
    }

    @Override
    public @Nullable String get(String key) {
        Object value = LogContext.current().keys().get(name(key));
        return value == null ? null : value.toString();
    }

    @Override
    public void remove(String key) {
        force(LogContext.current().without(name(key)));
    }

    @Override
    public void clear() {
        force(LogContext.current().withKeys(Map.of()));
    }

    @Override
    public Map<String, String> getCopyOfContextMap() {
        var copy = new LinkedHashMap<String, String>();
        LogContext.current().keys().forEach((key, value) -> copy.put(key, value.toString()));
        return copy;
    }

    @Override
    public void setContextMap(@Nullable Map<String, String> map) {
        var keys = new LinkedHashMap<String, Object>();
        if (map != null) {
            map.forEach((key, value) -> keys.put(name(key), String.valueOf(value)));
        }
        force(LogContext.current().withKeys(keys));
    }

    @Override
    public void pushByKey(String key, String value) {
        stacks.pushByKey(key, value);
    }

    @Override
    public @Nullable String popByKey(String key) {
        return stacks.popByKey(key);
    }

    @Override
    public @Nullable Deque<String> getCopyOfDequeByKey(String key) {
        return stacks.getCopyOfDequeByKey(key);
    }

    @Override
    public void clearDequeByKey(String key) {
        stacks.clearDequeByKey(key);
    }

    /// Names that begin with `log_` are the log's own (LGR-3).
    private static String name(String key) {
        return key.startsWith("log_") ? "slf4j_" + key : key;
    }

    private static void force(LogContext next) {
        LogContext unused = LogContext.slot().swap(next);
    }
}
