package bowline.log.daemon;

import bowline.log.LogContext;
import bowline.log.LogEvent;
import bowline.log.LogLevel;
import bowline.log.LogObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Brings one event after the other to a daemon, and waits while it cannot be reached: called by the one thread of
/// an [bowline.log.AsyncLogObserver], whose queue is what events wait in meanwhile.
///
/// An outage is told once, to `complaints`, and once more when it is over.
final class DaemonLink implements LogObserver {

    /// How long to wait before the first new attempt; each further wait is twice as long.
    static final Duration RETRY_FIRST = Duration.ofMillis(100);

    /// The longest wait. A connection that lived longer than this is well again: waits begin anew.
    static final Duration RETRY_MAX = Duration.ofSeconds(30);

    private final String daemon;
    private final DaemonWire.Opener opener;
    private final Function<LogEvent, byte[]> format;
    private final LogObserver complaints;
    private final InstantSource times;
    private final Pause pause;

    private @Nullable DaemonWire wire;
    private Instant openedAt = Instant.EPOCH;
    private Duration retryDelay = RETRY_FIRST;
    private boolean down;
    private boolean givenUp;
    private long lost;

    /// Lets time pass.
    @FunctionalInterface
    interface Pause {
        /// Waits; whether the observer was closed meanwhile, or before.
        boolean closedWithin(Duration time);
    }

    DaemonLink(
            String daemon,
            DaemonWire.Opener opener,
            Function<LogEvent, byte[]> format,
            LogObserver complaints,
            InstantSource times,
            Pause pause) {
        this.daemon = daemon;
        this.opener = opener;
        this.format = format;
        this.complaints = complaints;
        this.times = times;
        this.pause = pause;
    }

    @Override
    public void observe(LogEvent event) {
        byte[] message = format.apply(event);
        if (message.length == 0) {
            return;
        }
        while (!givenUp && !sent(message)) {
            if (pause.closedWithin(retryDelay)) {
                givenUp = true; // whoever closes the log does not wait for a daemon to come back
            }
            retryDelay = shorter(retryDelay.multipliedBy(2), RETRY_MAX);
        }
        lost += givenUp ? 1 : 0;
    }

    private boolean sent(byte[] message) {
        try {
            DaemonWire open = wire == null ? open() : wire;
            open.send(ByteBuffer.wrap(message));
        } catch (IOException fault) {
            hangUp();
            complainOnce(fault);
            return false;
        }
        if (down) {
            down = false;
            tell(LogLevel.INFO, "{daemon} is reached again", Map.of());
        }
        return true;
    }

    private DaemonWire open() throws IOException {
        DaemonWire opened = opener.open();
        wire = opened;
        openedAt = times.instant();
        return opened;
    }

    private void hangUp() {
        DaemonWire ended = wire;
        if (ended == null) {
            return;
        }
        wire = null;
        if (Duration.between(openedAt, times.instant()).compareTo(RETRY_MAX) > 0) {
            retryDelay = RETRY_FIRST;
        }
        try {
            ended.close();
        } catch (UncheckedIOException _) {
            // It is of no more use in any case.
        }
    }

    private void complainOnce(IOException fault) {
        if (!down) {
            down = true;
            tell(
                    LogLevel.WARN,
                    "{daemon} cannot be reached: {reason}; events wait, and it is tried again every {wait} at least",
                    Map.of("reason", reason(fault), "wait", RETRY_MAX));
        }
    }

    private static String reason(IOException fault) {
        return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    }

    /// Ends the connection, and tells of the events that never arrived. For the same thread, or when it has ended.
    void end() {
        hangUp();
        if (lost > 0) {
            tell(LogLevel.WARN, "{count} log events were not delivered to {daemon}", Map.of("count", lost));
        }
    }

    private void tell(LogLevel level, String text, Map<String, Object> values) {
        var all = new LinkedHashMap<String, @Nullable Object>(values);
        all.put("daemon", daemon);
        complaints.observe(new LogEvent(
                times.instant(),
                level,
                DaemonLink.class.getName(),
                this,
                text,
                Collections.unmodifiableMap(all),
                LogContext.empty(),
                null));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
