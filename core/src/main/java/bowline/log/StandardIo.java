package bowline.log;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/// Standard output and standard error, and their turning into log events (LOG-13).
final class StandardIo {
    private final Streams streams;
    private @Nullable PrintStream out;
    private @Nullable PrintStream err;

    /// Where the two streams are kept: in `System`, or in a test's own variables.
    interface Streams {
        PrintStream out();

        PrintStream err();

        void out(PrintStream stream);

        void err(PrintStream stream);
    }

    StandardIo(Streams streams) {
        this.streams = streams;
    }

    /// The process's own streams.
    static StandardIo system() {
        return new StandardIo(new Streams() {
            @Override
            public PrintStream out() {
                return System.out;
            }

            @Override
            public PrintStream err() {
                return System.err;
            }

            @Override
            public void out(PrintStream stream) {
                System.setOut(stream);
            }

            @Override
            public void err(PrintStream stream) {
                System.setErr(stream);
            }
        });
    }

    /// Standard error as it was before it was redirected.
    synchronized PrintStream originalErr() {
        return err == null ? streams.err() : err;
    }

    /// Makes both streams log what is printed to them. A second time is the same as once.
    synchronized void redirect(LogPublisher log) {
        if (out != null) {
            return;
        }
        out = streams.out();
        err = streams.err();
        streams.out(LoggingStream.of(log, LogLevel.INFO, "stdout", out));
        streams.err(LoggingStream.of(log, LogLevel.ERROR, "stderr", err));
    }

    /// Puts both streams back.
    synchronized void restore() {
        if (out != null && err != null) {
            streams.out(out);
            streams.err(err);
            out = null;
            err = null;
        }
    }
}
