package bowline.slf4j;

import bowline.log.LogEntrance;
import bowline.log.LogPublisher;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;

/// Has one logger for each name. Safe for any thread.
final class LoggerFactory implements ILoggerFactory, LogEntrance {
    private final LogPublisher publisher;
    private final ConcurrentHashMap<String, Slf4jLogger> loggers = new ConcurrentHashMap<>();

    LoggerFactory(LogPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public Logger getLogger(String name) {
        // get first: computeIfAbsent may lock, and frameworks ask for the same names again and again.
        Slf4jLogger known = loggers.get(name);
        return known != null ? known : loggers.computeIfAbsent(name, absent -> new Slf4jLogger(absent, publisher));
    }
}
