package bowline.process;

import bowline.reactor.Reactor;

/// Standard input and output of a program, which it can connect once ([StandardIO]). A reactor that brings its own,
/// as a simulated one does, is a [Provider]; all others have those of this process. For the reactor's thread.
public interface StandardPipes {

    /// A reactor whose program has standard input and output of its own.
    interface Provider {

        /// These.
        StandardPipes standardPipes();
    }

    /// Both ends, for one connection.
    ///
    /// @param input what the program reads
    /// @param output what it writes to
    record Pair(PipeInput input, PipeOutput output) {}

    /// Whether they are connected, or cannot be connected any more.
    boolean taken();

    /// Takes them.
    ///
    /// @throws IllegalStateException if they are [#taken]
    Pair take();

    /// Those of that reactor's program.
    static StandardPipes of(Reactor reactor) {
        return reactor instanceof Provider own ? own.standardPipes() : SystemPipes.INSTANCE;
    }
}
