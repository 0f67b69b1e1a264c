package bowline.bench.log;

import bowline.log.FilteringLogObserver;
import bowline.log.LogLevel;
import bowline.log.LogLevelFilter;
import bowline.log.LogPublisher;
import bowline.log.TextLogObserver;
import bowline.slf4j.BowlineServiceProvider;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.Logger;

/// One call of a library that logs by SLF4J: of a level that is off, and of one that becomes a line of text. Both
/// logs write to a stream that forgets, with time, name and level in front.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Slf4jBench {
    private final Logger bowline = bowlineLogger();
    private final Logger logback = logbackLogger();
    private int count;

    /// Says so when a level is not as meant.
    @Setup
    public void check() {
        for (Logger logger : new Logger[] {bowline, logback}) {
            if (logger.isDebugEnabled() || !logger.isInfoEnabled()) {
                throw new IllegalStateException(logger + " is to have info on and debug off");
            }
        }
    }

    private static Logger bowlineLogger() {
        var lines = new TextLogObserver(OutputStream.nullOutputStream());
        var publisher = new LogPublisher(new FilteringLogObserver(lines, new LogLevelFilter(LogLevel.INFO)));
        return new BowlineServiceProvider(publisher).getLoggerFactory().getLogger("lib.Pool");
    }

    private static Logger logbackLogger() {
        var context = new LoggerContext();
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ssZ} [%logger#%level] %msg%n");
        encoder.start();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(OutputStream.nullOutputStream());
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger("ROOT");
        root.setLevel(Level.INFO);
        root.addAppender(appender);
        return context.getLogger("lib.Pool");
    }

    /// Bowline, level off.
    @Benchmark
    public void offBowline() {
        bowline.debug("{} of {} connections are in use", count, "ten");
    }

    /// Logback, level off.
    @Benchmark
    public void offLogback() {
        logback.debug("{} of {} connections are in use", count, "ten");
    }

    /// Bowline, a line of text.
    @Benchmark
    public void lineBowline() {
        bowline.info("{} of {} connections are in use", count++, "ten");
    }

    /// Logback, a line of text.
    @Benchmark
    public void lineLogback() {
        logback.info("{} of {} connections are in use", count++, "ten");
    }
}
