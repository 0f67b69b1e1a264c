package bowline.simulation.child;

/// What a program does that is started under a simulation.
///
///     host.program("cat", child -> {
///         child.onInput(unread -> child.out(unread));
///         child.onInputEnd(() -> child.exit(0));
///     });
@FunctionalInterface
public interface ChildScript {

    /// The process begins: asks to be told of its input, signals and times, writes, ends. Without
    /// [SimulatedChild#exit] it lives on when this returns.
    ///
    /// @throws Exception whatever it throws ends the simulation's run: a script must not fail
    void begin(SimulatedChild child) throws Exception;
}
