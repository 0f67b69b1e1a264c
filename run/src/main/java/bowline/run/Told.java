package bowline.run;

import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.systemd.ServiceManager;
import bowline.systemd.Watchdog;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the service manager is told, if there is one that wants to know: that the services are ready, that they
/// end, and in between signs of life. On the first reactor's thread.
final class Told {
    private final ReactorGroup group;
    private final @Nullable ServiceManager manager;

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
            Watchdog.start(manager, group.reactors());
        }
    }

    private void stopping() {
        if (manager != null) {
            manager.stopping("finishing what is under way");
        }
    }
}
