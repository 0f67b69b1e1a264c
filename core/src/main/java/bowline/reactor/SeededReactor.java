package bowline.reactor;

/// A reactor on which everything can be repeated, for a seed decides it: one of a simulation. What draws random bits or
/// counts across connections asks it for its [SeededProgram], and is as repeatable.
public interface SeededReactor extends Reactor {

    /// The program that it runs, which other reactors may run with it.
    SeededProgram program();
}
