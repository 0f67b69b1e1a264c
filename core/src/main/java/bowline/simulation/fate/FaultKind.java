package bowline.simulation.fate;

import java.util.Locale;

/// What the seed may do to a program, by the names that reports and `-Dbowline.simulate` use.
public enum FaultKind {
    /// Bytes arrive in a smaller piece than they were sent in.
    CUT,
    /// Something takes longer than the least time it may take.
    DELAY,
    /// A packet is lost. A stream sends it again, later; a datagram is gone.
    LOSS,
    /// A connection is reset by something in between.
    RESET,
    /// A connect is refused although somebody listens.
    REFUSAL,
    /// A connect gets no answer at all.
    BLACK_HOLE,
    /// A datagram arrives twice.
    DUPLICATE,
    /// A datagram is overtaken by later ones.
    REORDER,
    /// One read or write of a socket takes less than it could.
    SHORT,
    /// Things that happen at the same time happen in another order than they were asked for.
    ORDER,
    /// A turn of a reactor, a piece of blocking work, or a step of a child process takes its time.
    PACE,
    /// A child process cannot be started although there is such a program.
    SPAWN_REFUSAL,
    /// A child process is killed by somebody else.
    KILL;

    /// The kind by its name in any case.
    ///
    /// @throws IllegalArgumentException if there is none of that name
    public static FaultKind named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
