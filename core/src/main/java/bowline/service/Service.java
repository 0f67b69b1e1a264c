package bowline.service;

import bowline.defer.Deferred;
import bowline.log.Logger;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Something that can be started and stopped, alone or as a child of a [ServiceGroup] (SVC-1). Everything happens
/// on the reactor's thread, or before the reactor runs.
///
/// A subclass says what starting and stopping means in [#startService] and [#stopService]; callers use [#start] and
/// [#stop], which keep [#running] and may be called in any state.
public abstract class Service {
    private static final Logger log = Logger.of(Service.class);

    private @Nullable String name;
    private @Nullable ServiceGroup parent;
    private boolean running;

    /// For subclasses.
    protected Service() {}

    /// The name, by which the parent finds it; null when it has none.
    public final @Nullable String name() {
        return name;
    }

    /// Names it.
    ///
    /// @throws IllegalStateException if it has a parent, which knows it by its present name (SVC-1)
    public final void name(String newName) {
        if (parent != null) {
            throw new IllegalStateException("service \"" + newName + "\" must be named before it is added to a group");
        }
        name = newName;
    }

    /// The group it belongs to, or null.
    public final @Nullable ServiceGroup parent() {
        return parent;
    }

    /// Moves it into a group, leaving the former one first; a running group starts it at once (SVC-2, SVC-4).
    public final void parent(ServiceGroup group) {
        if (parent != null) {
            // Its end is the former parent's business, and its failure is logged there.
            parent.remove(this);
        }
        group.adopt(this);
    }

    /// Leaves the group. The Deferred fires when it has stopped, if it was running (SVC-2).
    public final Deferred<@Nullable Void> disown() {
        return parent == null ? Deferred.<@Nullable Void>succeed(null) : parent.remove(this);
    }

    final void joined(@Nullable ServiceGroup group) {
        parent = group;
    }

    /// Whether it was started and not stopped since.
    public final boolean running() {
        return running;
    }

    /// Does what needs privileges, such as taking ports below 1024: called before [#start], while the process may
    /// still have them (SVC-5).
    public final void privilegedStart() {
        privilegedStartService();
    }

    /// Starts it. One that is running only warns (CLS-7).
    public final void start() {
        if (running) {
            log.warn(
                    "{service} is started and running already",
                    name != null ? name : getClass().getSimpleName());
            return;
        }
        running = true;
        startService();
    }

    /// Stops it; the Deferred fires when everything has come to its end. When it is not running there is only what
    /// the privileged phase did to undo.
    public final Deferred<@Nullable Void> stop() {
        running = false;
        return stopService();
    }

    /// Stops it within a time: takes on nothing new, lets what is under way finish, and ends by force what
    /// has not finished by the deadline. Called again while that lasts, the deadline counts anew from now
    /// and the earlier one holds; zero ends everything at once.
    public final Deferred<@Nullable Void> drain(Duration deadline) {
        running = false;
        return drainService(deadline);
    }

    /// What needs privileges. Nothing, by default.
    protected void privilegedStartService() {}

    /// What starting means; [#running] is already true.
    protected abstract void startService();

    /// What stopping means; [#running] is already false. May be called without a start before.
    protected abstract Deferred<@Nullable Void> stopService();

    /// What stopping within a time means: the same as stopping, unless overridden.
    protected Deferred<@Nullable Void> drainService(Duration deadline) {
        return stopService();
    }

    /// Its kind, and whether it runs.
    @Override
    public String toString() {
        return getClass().getSimpleName() + (running ? ", running" : ", not running");
    }
}
