package bowline.slf4j;

import bowline.log.LogPublisher;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// What SLF4J finds: loggers that publish to the process's publisher, and an MDC that is the log's context.
public final class BowlineServiceProvider implements SLF4JServiceProvider {

    /// The newest SLF4J whose providers look like this one: any 2.0.
    private static final String API_VERSION = "2.0.99";

    private final LoggerFactory loggers;
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter mdc = new ContextMdc();

    /// For SLF4J, which makes one.
    public BowlineServiceProvider() {
        this(LogPublisher.global());
    }

    /// A provider whose loggers publish to `publisher`, for who asks it and not SLF4J for loggers.
    public BowlineServiceProvider(LogPublisher publisher) {
        this.loggers = new LoggerFactory(publisher);
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return API_VERSION;
    }

    /// Does nothing: all is made with the object.
    @Override
    public void initialize() {}
}
