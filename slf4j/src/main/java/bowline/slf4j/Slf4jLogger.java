package bowline.slf4j;

import bowline.log.LogEntrance;
import bowline.log.LogLevel;
import bowline.log.LogPublisher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.spi.LoggingEventAware;

/// A logger of SLF4J that publishes to our log. Where no observer wants a level, a call costs the question
/// and nothing is made. Safe for any thread.
final class Slf4jLogger extends LegacyAbstractLogger implements LoggingEventAware, LogEntrance {

    @SuppressWarnings("serial") // SLF4J's readResolve looks the logger up by its name
    private final transient LogPublisher publisher;

    Slf4jLogger(String name, LogPublisher publisher) {
        this.name = name;
        this.publisher = publisher;
    }

    @Override
    public boolean isTraceEnabled() {
        return publisher.wants(LogLevel.DEBUG);
    }

    @Override
    public boolean isDebugEnabled() {
        return publisher.wants(LogLevel.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return publisher.wants(LogLevel.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return publisher.wants(LogLevel.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return publisher.wants(LogLevel.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null; // our events do not say where they were logged
    }

    /// Asked by the classic methods, once the level is known to be wanted.
    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String message,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        new EventBuilder(publisher, name, level, new MessageText(message, arguments))
                .marker(marker)
                .publish(thrown);
    }

    /// Asked by the fluent API, once the level is known to be wanted.
    @Override
    public void log(LoggingEvent event) {
        var text = new MessageText(event.getMessage(), event.getArgumentArray());
        new EventBuilder(publisher, name, event.getLevel(), text)
                .markers(event.getMarkers())
                .pairs(event.getKeyValuePairs())
                .publish(event.getThrowable());
    }
}
