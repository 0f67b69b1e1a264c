package bowline.examples;

import bowline.log.FileLogObserver;
import bowline.log.Log;
import bowline.log.LogEvent;
import bowline.log.LogObserver;
import java.io.OutputStream;

/// Two ways to change what becomes of log events (seed P25): a [FileLogObserver] that writes in another form, and an
/// object of one's own that is called with every event.
///
///     ./bowline example log-observers
public final class LogObservers {

    private LogObservers() {}

    /// Logs two messages past both observers.
    public static void main(String... args) {
        var loud = new LoudObserver(System.out);
        loud.start();
        var counter = new Counter();
        Log.addObserver(counter);

        Log.msg("the first message");
        Log.msg("the second message");

        Log.removeObserver(counter);
        Log.msg("a third, which nobody counts");
        loud.stop();
        IO.println("counted " + counter.events + " events");
    }

    private static final class LoudObserver extends FileLogObserver {
        LoudObserver(OutputStream out) {
            super(out);
        }

        @Override
        public void emit(LogEvent event) {
            write(">>> " + event.text() + " <<<\n");
        }
    }

    private static final class Counter implements LogObserver {
        private int events;

        @Override
        public void observe(LogEvent event) {
            events++;
        }
    }
}
