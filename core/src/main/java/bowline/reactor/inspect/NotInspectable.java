package bowline.reactor.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A process cannot be asked; the message says why.
public final class NotInspectable extends IOException {
    private static final long serialVersionUID = 1;

    NotInspectable(String message) {
        super(message);
    }

    /// There is no socket of it.
    static NotInspectable because(long pid, List<InspectFolder> folders) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            return new NotInspectable("there is no process " + pid);
        }
        String self = ProcessHandle.current().info().user().orElse("");
        String owner = process.get().info().user().orElse(self);
        if (!owner.equals(self)) {
            return new NotInspectable(
                    "process " + pid + " belongs to " + owner + ", and answers no other user; ask as " + owner);
        }
        return new NotInspectable("process " + pid + command(process.get())
                + " cannot be asked: it is not Bowline, or was started with --no-inspect, or has its socket elsewhere"
                + " than in " + folders.stream().map(InspectFolder::toString).collect(Collectors.joining(" or "))
                + " (" + InspectFolder.VARIABLE + " names another folder)");
    }

    /// Nobody is behind its socket.
    static NotInspectable left(long pid, Path socket) {
        return new NotInspectable(
                "nobody answers at " + socket + ": the process " + pid + " that made it has ended without removing it");
    }

    private static String command(ProcessHandle process) {
        return process.info().command().map(command -> " (" + command + ")").orElse("");
    }
}
