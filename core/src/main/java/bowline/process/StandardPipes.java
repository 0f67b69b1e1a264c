package bowline.process;

import bowline.reactor.Reactor;

/// Standard input and output of a program, which it can connect once ([StandardIO]). A reactor that brings its own,
/// as a simulated one does, or reads and writes those of this process without a thread, is a [Provider]; all others
/// have [#ofProcess]. For the reactor's thread.
public interface StandardPipes {

    /// A reactor that has its program's standard input and output.
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
        return reactor instanceof Provider own ? own.standardPipes() : ofProcess();
    }

    /// Those of this process, each with a thread. There is one of each, whichever reactor takes them.
    static StandardPipes ofProcess() {
        return SystemPipes.INSTANCE;
    }
}
