package bowline.bench.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Servers under the same load by turns, so that what changes on the machine meets all of them: each round begins with
/// another one. Samples in which others took much of the processors are taken again, and where they stay disturbed the
/// least disturbed one counts.
///
/// Look at the processor time first: the load and the server saturate together, so rates understate differences.
///
/// @param rounds how many samples of each server
/// @param millis how long a sample takes, after a fifth of that to warm up
/// @param retries how often a disturbed sample is taken again
/// @param warmUpMillis how much processor time a server has under the load before it is measured
public record Rounds(int rounds, long millis, int retries, long warmUpMillis) {
    private static final long WARM_UP_MILLIS = 1500;
    private static final int WARM_UPS_MAX = 6;

    /// With as much time to warm up as most servers need.
    public Rounds(int rounds, long millis, int retries) {
        this(rounds, millis, retries, WARM_UP_MILLIS);
    }

    /// The same with another number of samples.
    public Rounds times(int others) {
        return new Rounds(others, millis, retries, warmUpMillis);
    }

    /// The same with longer or shorter samples.
    public Rounds lasting(long otherMillis) {
        return new Rounds(rounds, otherMillis, retries, warmUpMillis);
    }

    /// The same with more or less time to warm up.
    public Rounds warmUp(long otherMillis) {
        return new Rounds(rounds, millis, retries, otherMillis);
    }

    /// Measures one load on all servers and gives the figures of each, in their order. A server that fails is told
    /// on standard output and left out.
    public List<Figures> run(List<ServerProcess> servers, Load load) {
        List<Figures> all = new ArrayList<>();
        for (ServerProcess server : servers) {
            all.add(new Figures(server, new ArrayList<>()));
        }
        all.removeIf(figures -> fails(figures, load, () -> warmUp(figures.server(), load)));
        for (int round = 0; round < rounds; round++) {
            List<Figures> turns = new ArrayList<>(all);
            Collections.rotate(turns, -round);
            turns.removeIf(figures ->
                    !fails(figures, load, () -> figures.samples().add(quietSample(figures.server(), load))));
            all.removeAll(turns);
        }
        return all;
    }

    /// Something that a server or its load may break.
    private interface Step {
        void run() throws IOException;
    }

    private static boolean fails(Figures figures, Load load, Step step) {
        try {
            step.run();
            return false;
        } catch (IOException broken) {
            IO.println(figures.server().name() + " is left out of " + load.workload() + ": " + broken.getMessage());
            return true;
        }
    }

    /// Runs the server until it has had enough processor time to compile what it does, which others may keep from
    /// it.
    private void warmUp(ServerProcess server, Load load) throws IOException {
        long enough = server.cpuNanos() + warmUpMillis * 1_000_000;
        for (int i = 0; i < WARM_UPS_MAX && server.cpuNanos() < enough; i++) {
            load.sample(server, 0, warmUpMillis);
        }
    }

    private Sample quietSample(ServerProcess server, Load load) throws IOException {
        Sample best = load.sample(server, millis / 5, millis);
        for (int i = 0; i < retries && !best.quiet(); i++) {
            Sample again = load.sample(server, millis / 5, millis);
            best = again.othersShare() < best.othersShare() ? again : best;
        }
        return best;
    }
}
