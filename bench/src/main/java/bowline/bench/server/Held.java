package bowline.bench.server;

import java.io.IOException;
import java.util.List;

/// Idle connections to a server, held by `load.c` until this is closed.
public final class Held implements AutoCloseable {
    private final Process load;

    private Held(Process load) {
        this.load = load;
    }

    /// Opens connections, and waits until all are there.
    ///
    /// @param afterRequest whether each first has one HTTP request answered
    public static Held open(ServerProcess server, int connections, boolean afterRequest) throws IOException {
        Process load = Load.start("1", server, List.of("hold", "" + connections, afterRequest ? "http" : "silent"));
        Load.expect(load.inputReader(), "held");
        return new Held(load);
    }

    @Override
    public void close() {
        Load.stop(load);
    }
}
