package bowline.run;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.reactor.inspect.InspectSocket;
import bowline.reactor.watch.ReactorDescription;
import bowline.reactor.watch.RunningReactors;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The two ways by which a running command says what it waits for: the socket of `bowline inspect`, and the signal
/// USR1, which has it written to the log. That there is no socket stops no service.
final class Inspected implements AutoCloseable {
    /// Neither.
    static final Inspected NOT = new Inspected(null, () -> {});

    private static final Logger log = Logger.of(Inspected.class);

    /// USR2 is what the JVM stops its own threads with.
    private static final String SIGNAL = "USR1";

    private final @Nullable InspectSocket socket;
    private final Runnable signal;

    private Inspected(@Nullable InspectSocket socket, Runnable signal) {
        this.socket = socket;
        this.signal = signal;
    }

    /// @param title what runs here
    static Inspected open(String title, Surroundings surroundings) {
        if (surroundings.inspectFolders().isEmpty()) {
            return NOT;
        }
        Runnable signal = ProcessSignals.hear(List.of(SIGNAL), _ -> describeToLog());
        try {
            return new Inspected(InspectSocket.open(title, surroundings.inspectFolders()), signal);
        } catch (IOException refused) {
            log.warn(
                    "bowline inspect cannot ask this process: {reason}",
                    Failure.of(refused).message());
            return new Inspected(null, signal);
        }
    }

    /// On a thread of the JVM: a reactor that is stuck is described too.
    private static void describeToLog() {
        RunningReactors.all().forEach(watch -> log.info(asFormat(watch.describe())));
    }

    /// A format without fields: the log then takes its lines for our own. No name in it has a line break.
    private static String asFormat(ReactorDescription description) {
        return description.toString().stripTrailing().replace("{", "{{").replace("}", "}}");
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
        signal.run();
    }
}
