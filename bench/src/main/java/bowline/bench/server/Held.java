package bowline.bench.server;

import java.io.IOException;

/// Idle connections to a server, held by a load until this is closed.
public final class Held implements AutoCloseable {
    private final Process load;

    private Held(Process load) {
        this.load = load;
    }

    /// Opens connections, and waits until all are there.
    ///
    /// @param holding a load that ends with `held`
    public static Held open(ServerProcess server, Load holding) throws IOException {
        Process load = holding.start(server);
        Load.expect(load.inputReader(), "held");
        return new Held(load);
    }

    @Override
    public void close() {
        Load.stop(load);
    }
}
