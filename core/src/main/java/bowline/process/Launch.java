package bowline.process;

import bowline.process.ChildDescriptor.Inherited;
import bowline.process.ChildDescriptor.Pipe;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Map;

/// Starts a child by the JDK, and refuses what that cannot do.
final class Launch {
    private static final String ELSEWHERE = "; the JDK cannot do that, bowline.linux can";

    private Launch() {}

    /// The running child.
    ///
    /// @throws CannotSpawnError if it cannot be started (PRC-15)
    static Process of(Spawn spawn) {
        var builder = new ProcessBuilder(spawn.command())
                .redirectInput(redirect(spawn, 0))
                .redirectOutput(redirect(spawn, 1))
                .redirectError(redirect(spawn, 2));
        if (spawn.directory() != null) {
            builder.directory(spawn.directory().toFile());
        }
        if (spawn.environment() == null) {
            builder.environment().keySet().removeAll(Spawn.PERSONAL); // the others go on byte for byte
        } else {
            builder.environment().clear();
            builder.environment().putAll(spawn.environment());
        }
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new CannotSpawnError(spawn, failed);
        }
    }

    /// Refuses what no [StartedProcess] can be.
    ///
    /// @throws UnsupportedOperationException if the JDK has no way to do it
    static void check(Spawn spawn) {
        if (spawn.pty()) {
            throw new UnsupportedOperationException("a child in a terminal" + ELSEWHERE);
        }
        if (spawn.userId() != null || spawn.groupId() != null) {
            throw new UnsupportedOperationException("a child of another user or group" + ELSEWHERE);
        }
        spawn.descriptors().forEach(Launch::check);
    }

    private static void check(int descriptor, ChildDescriptor connection) {
        boolean possible = switch (connection) {
            case Pipe pipe -> descriptor == 0 ? pipe == Pipe.WRITTEN : descriptor <= 2 && pipe == Pipe.READ;
            case Inherited(int ours) -> descriptor <= 2 && ours == descriptor;
        };
        if (!possible || descriptor < 0) {
            throw new UnsupportedOperationException(
                    "descriptor " + descriptor + " of a child as " + connection + ELSEWHERE);
        }
    }

    private static Redirect redirect(Spawn spawn, int descriptor) {
        Map<Integer, ChildDescriptor> connections = spawn.descriptors();
        return switch (connections.get(descriptor)) {
            case Pipe _ -> Redirect.PIPE;
            case Inherited _ -> Redirect.INHERIT;
            case null -> descriptor == 0 ? Redirect.from(Redirect.DISCARD.file()) : Redirect.DISCARD;
        };
    }
}
