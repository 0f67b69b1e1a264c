package bowline.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/// A process could not be started: what, why, and what to do (PRC-15). No callback was called.
public final class CannotSpawnError extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    private final String program;

    /// For those who start processes ([ProcessStarter]).
    ///
    /// @param cause the system's words
    public CannotSpawnError(Spawn spawn, IOException cause) {
        super(
                "cannot run \"" + spawn.program() + "\""
                        + (spawn.directory() == null ? "" : " in " + spawn.directory())
                        + ": " + cause.getMessage()
                        + "; is the program installed, in PATH or named by its whole path, and executable?",
                cause);
        this.program = spawn.program();
    }

    /// The program that could not be started.
    public String program() {
        return program;
    }
}
