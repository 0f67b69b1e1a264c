package bowline.log;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/// A log of a test's own: publisher, beginner, standard streams and a clock that stands still.
final class LogBench implements StandardIo.Streams {

    /// The moment of the first line in the seeds' transcripts: 13:32:32 in a zone two hours ahead.
    static final Instant MOMENT = Instant.parse("2011-08-29T11:32:32Z");

    static final ZoneOffset ZONE = ZoneOffset.ofHours(2);

    final LogPublisher publisher = new LogPublisher();
    final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    final ByteArrayOutputStream file = new ByteArrayOutputStream();
    final PrintStream originalOut = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    final PrintStream originalErr = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
    PrintStream out = originalOut;
    PrintStream err = originalErr;
    final LogBeginner beginner = new LogBeginner(publisher, new StandardIo(this));
    final LegacyLog log = new LegacyLog(beginner);
    final Logger logger = Logger.of("ns.sub").to(publisher).timedBy(InstantSource.fixed(MOMENT));

    LogBench() {
        publisher.times(InstantSource.fixed(MOMENT));
    }

    /// Begins writing the older log's lines to [#file].
    LogBench started() {
        log.startLogging(new FileLogObserver(file, ZONE), false);
        file.reset();
        return this;
    }

    /// What stands in the file.
    String written() {
        return file.toString(StandardCharsets.UTF_8);
    }

    /// What was printed to standard error.
    String alarms() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public PrintStream out() {
        return out;
    }

    @Override
    public PrintStream err() {
        return err;
    }

    @Override
    public void out(PrintStream stream) {
        out = stream;
    }

    @Override
    public void err(PrintStream stream) {
        err = stream;
    }
}
