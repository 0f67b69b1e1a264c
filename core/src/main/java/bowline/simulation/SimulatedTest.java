package bowline.simulation;

/// What a simulation shall show, under any seed.
@FunctionalInterface
public interface SimulatedTest {

    /// Builds hosts in an empty world, runs it, and throws if something is wrong.
    ///
    /// @throws Throwable whatever shows that it is wrong
    void run(Simulation world) throws Throwable;
}
