package bowline.systemd;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// The sockets that were opened for this process before it was started (END-10; sd_listen_fds(3)): descriptors from 3
/// on, in order, each with a name. Immutable.
///
/// The variables say this to one process alone, by its number. Children that are started by [bowline.process.Processes]
/// are not given them ([bowline.process.Spawn#ownEnvironment]).
///
/// @param names of the sockets, in their order; names may repeat
public record ListenFds(List<String> names) {
    /// The first descriptor.
    public static final int FIRST = 3;

    /// Most descriptors that are believed in.
    public static final int MAX = 4096;

    /// The name of a socket that was given none, as sd_listen_fds_with_names(3) has it.
    public static final String UNKNOWN = "unknown";

    private static final String COUNT = "LISTEN_FDS";

    /// For whom they are.
    static final String PID = "LISTEN_PID";

    /// For whose child they are: said by a process to its successor, whose number it cannot know.
    static final String PARENT = "BOWLINE_LISTEN_PPID";

    private static final String NAMES = "LISTEN_FDNAMES";

    /// None.
    public static final ListenFds NONE = new ListenFds(List.of());

    /// Copies.
    public ListenFds {
        names = List.copyOf(names);
    }

    /// What this process was given. Looked for once, and as long as who started us lives: ask at the start.
    public static ListenFds ofProcess() {
        return OfProcess.FOUND;
    }

    private static final class OfProcess {
        private static final ProcessHandle OWN = ProcessHandle.current();
        static final ListenFds FOUND = of(
                System.getenv(), OWN.pid(), OWN.parent().map(ProcessHandle::pid).orElse(0L));
    }

    /// What the variables say to the process `pid`, a child of `parent`: nothing if they are meant for another
    /// one, are not all numbers, or name more or fewer sockets than there are. Where no names are given at all,
    /// each is [#UNKNOWN].
    public static ListenFds of(Map<String, String> environment, long pid, long parent) {
        if (!isMeantFor(environment, pid, parent)) {
            return NONE;
        }
        int count = count(environment.getOrDefault(COUNT, ""));
        String given = environment.get(NAMES);
        List<String> names = given == null ? Collections.nCopies(count, UNKNOWN) : Arrays.asList(given.split(":", -1));
        return names.size() == count ? new ListenFds(names) : NONE;
    }

    static boolean isMeantFor(Map<String, String> environment, long pid, long parent) {
        return String.valueOf(pid).equals(environment.get(PID))
                || String.valueOf(parent).equals(environment.get(PARENT));
    }

    private static int count(String text) {
        try {
            int count = Integer.parseInt(text);
            return count >= 0 && count <= MAX ? count : 0;
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /// How many there are.
    public int count() {
        return names.size();
    }

    /// The descriptor at a place in the order, the first being 0.
    ///
    /// @throws IllegalArgumentException if there are not so many
    public int descriptor(int index) {
        if (index < 0 || index >= count()) {
            throw new IllegalArgumentException(
                    "there is no socket " + index + " among those that this process was" + " started with: " + this);
        }
        return FIRST + index;
    }

    /// The first descriptor of that name.
    ///
    /// @throws IllegalArgumentException if there is none
    public int descriptor(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("there is no socket named \"" + name + "\" among those that this process"
                    + " was started with: " + this);
        }
        return FIRST + index;
    }

    /// What there is, for people.
    @Override
    public String toString() {
        return names.isEmpty()
                ? "there are none (LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES say so)"
                : "there are " + count() + ", named " + String.join(", ", names);
    }
}
