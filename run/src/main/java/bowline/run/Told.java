package bowline.run;

import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.systemd.ServiceManager;
import bowline.systemd.Watchdog;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the service manager is told, if there is one that wants to know: that the services are ready, that they restart
/// or end, and in between signs of life. On the first reactor's thread.
final class Told {
    private final ReactorGroup group;
    private @Nullable ServiceManager manager;
    private Runnable watchdog = () -> {};

    private Told(ReactorGroup group, @Nullable ServiceManager manager) {
        this.group = group;
        this.manager = manager;
    }

    /// Begins with the group's life, and ends with it.
    static Told of(Map<String, String> environment, ReactorGroup group) {
        Reactor first = group.first();
        var told = new Told(group, ServiceManager.of(environment, first));
        first.addSystemEventTrigger(Reactor.Phase.BEFORE, "shutdown", told::stopping);
        return told;
    }

    /// The services have started.
    void ready(String status) {
        if (manager != null) {
            manager.ready(status);
            watchdog = Watchdog.start(manager, group.reactors());
        }
    }

    void restarting() {
        if (manager != null) {
            manager.reloading("a successor starts");
        }
    }

    /// The restart is over, and nothing has changed.
    void servesOn(String status) {
        if (manager != null) {
            manager.ready(status);
        }
    }

    /// The restart is over: from here on the process `pid` is the service, and says what there is to say.
    void succeededBy(long pid) {
        if (manager != null) {
            watchdog.run();
            manager.ready(pid, "process " + pid + " has taken over");
            manager = null;
        }
    }

    private void stopping() {
        if (manager != null) {
            manager.stopping("finishing what is under way");
        }
    }
}
