package bowline.systemd;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a service manager has said to this process, said again to the one that takes its place.
public final class Succession {
    private Succession() {}

    /// These variables as the successor, a child of the process `pid`, shall have them. What names that process
    /// names its child instead; what is not meant for it is left out.
    ///
    /// @param sockets what the process was started with
    public static Map<String, String> environment(Map<String, String> own, long pid, ListenFds sockets) {
        var variables = new LinkedHashMap<>(own);
        boolean watched = ServiceManager.isWatched(own, pid);
        variables.remove(ListenFds.PID);
        variables.remove(ServiceManager.WATCHED);
        if (sockets.count() > 0) {
            variables.put(ListenFds.PARENT, String.valueOf(pid));
        } else {
            variables.remove(ListenFds.PARENT);
        }
        if (!watched) {
            variables.remove(ServiceManager.INTERVAL);
        }
        return variables;
    }
}
