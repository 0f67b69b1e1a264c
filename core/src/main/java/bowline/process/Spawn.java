package bowline.process;

import bowline.process.ChildDescriptor.Pipe;
import bowline.protocol.TransportLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What to run and how (PRC-1 to PRC-5). Immutable; each method answers a changed copy.
///
///     Spawn.command("tail", "-10", "/var/log/syslog").directory(Path.of("/"))
///
/// No shell is involved: each argument reaches the program as it stands.
///
/// @param command the program, and its arguments (PRC-2)
/// @param environment exactly the child's environment; null: [#ownEnvironment] (PRC-3)
/// @param directory where the child works; null: where we do
/// @param descriptors what the child's descriptors are connected to; one that is not named reads
///     nothing and writes to nowhere
/// @param limits how much may wait to be written to the child, or be left unread by the protocol
/// @param pty whether the child runs in a terminal of its own
/// @param userId as which user the child runs; null: ours
/// @param groupId as which group the child runs; null: ours
/// @param windowSize of its terminal; null: the system tells it that it is not known
public record Spawn(
        List<String> command,
        @Nullable Map<String, String> environment,
        @Nullable Path directory,
        Map<Integer, ChildDescriptor> descriptors,
        TransportLimits limits,
        boolean pty,
        @Nullable Integer userId,
        @Nullable Integer groupId,
        @Nullable WindowSize windowSize) {

    /// Standard input written by us, output and errors read by us (PRC-5).
    public static final Map<Integer, ChildDescriptor> STANDARD_PIPES =
            Map.of(0, Pipe.WRITTEN, 1, Pipe.READ, 2, Pipe.READ);

    /// Said to one process alone: sd_listen_fds(3), sd_notify(3), sd_watchdog_enabled(3), and by us to a successor.
    static final Set<String> PERSONAL = Set.of(
            "LISTEN_PID",
            "LISTEN_PIDFDID",
            "LISTEN_FDS",
            "LISTEN_FDNAMES",
            "NOTIFY_SOCKET",
            "WATCHDOG_PID",
            "WATCHDOG_USEC",
            "BOWLINE_LISTEN_PPID",
            "BOWLINE_HANDOVER");

    /// Checks and copies.
    public Spawn {
        command = List.copyOf(command);
        environment = environment == null ? null : Map.copyOf(environment);
        descriptors = Map.copyOf(descriptors);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a command of no words; needed is a program at least");
        }
        if (pty && !descriptors.equals(STANDARD_PIPES)) {
            throw new IllegalArgumentException(
                    "descriptors and a terminal exclude each other: the terminal is 0, 1 and 2");
        }
    }

    /// A program with its arguments, our own environment and directory, and three pipes.
    public static Spawn command(String program, String... arguments) {
        var words = new ArrayList<String>();
        words.add(program);
        words.addAll(List.of(arguments));
        return new Spawn(words, null, null, STANDARD_PIPES, TransportLimits.DEFAULT, false, null, null, null);
    }

    /// The program.
    public String program() {
        return command.getFirst();
    }

    /// The environment of this process, without what its starter has said to it alone: which sockets it was
    /// started with, whom to tell how it is, and what a predecessor handed over. The JVM cannot take variables
    /// out of its own environment, so they stay out of the children's (END-10).
    public static Map<String, String> ownEnvironment() {
        var own = new LinkedHashMap<>(System.getenv());
        own.keySet().removeAll(PERSONAL);
        return own;
    }

    /// What the child finds in its environment.
    public Map<String, String> variables() {
        return environment == null ? ownEnvironment() : environment;
    }

    /// Exactly this environment, even if it is empty (PRC-3).
    public Spawn environment(Map<String, String> exactly) {
        return new Spawn(command, exactly, directory, descriptors, limits, pty, userId, groupId, windowSize);
    }

    /// Of our own environment only these variables, as far as we have them (P1).
    public Spawn onlyEnvironment(String... names) {
        var allowed = new LinkedHashMap<String, String>();
        for (String name : names) {
            String value = System.getenv(name);
            if (value != null) {
                allowed.put(name, value);
            }
        }
        return environment(allowed);
    }

    /// The environment as it is so far, and this variable.
    public Spawn env(String name, String value) {
        var more = new LinkedHashMap<>(variables());
        more.put(name, value);
        return environment(more);
    }

    /// Works in that directory (PRC-4).
    public Spawn directory(Path where) {
        return new Spawn(command, environment, where, descriptors, limits, pty, userId, groupId, windowSize);
    }

    /// Connects the child's descriptors this way (PRC-5).
    public Spawn descriptors(Map<Integer, ChildDescriptor> connections) {
        return new Spawn(command, environment, directory, connections, limits, pty, userId, groupId, windowSize);
    }

    /// With these limits.
    public Spawn limits(TransportLimits newLimits) {
        return new Spawn(command, environment, directory, descriptors, newLimits, pty, userId, groupId, windowSize);
    }

    /// Runs in a terminal of its own, whose window is this large from the beginning (PRC-17). The JDK cannot;
    /// `bowline.linux` can.
    ///
    /// @see ProcessTransport#resizeTerminal
    public Spawn inTerminal(WindowSize size) {
        return new Spawn(command, environment, directory, descriptors, limits, true, userId, groupId, size);
    }

    /// Runs in a terminal of its own, of which nobody knows how large its window is (PRC-17). The JDK cannot;
    /// `bowline.linux` can.
    public Spawn inTerminal() {
        return new Spawn(command, environment, directory, descriptors, limits, true, userId, groupId, null);
    }

    /// Runs as another user and group (PRC-4). The JDK cannot; `bowline.linux` can.
    public Spawn asUser(int newUserId, int newGroupId) {
        return new Spawn(command, environment, directory, descriptors, limits, pty, newUserId, newGroupId, windowSize);
    }
}
