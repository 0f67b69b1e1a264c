package bowline.service;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Several services as one (SVC-3): started in the order they were added, stopped in reverse, all at once.
public class ServiceGroup extends Service {
    private static final Logger log = Logger.of(ServiceGroup.class);

    private final List<Service> children = new ArrayList<>();

    /// An empty group.
    public ServiceGroup() {}

    /// Adds a service, which leaves its former group; a running group starts it at once (SVC-4).
    ///
    /// @return this group
    /// @throws IllegalStateException if there is a child of that name already (SVC-3)
    public final ServiceGroup add(Service child) {
        child.parent(this);
        return this;
    }

    /// Removes a child. The Deferred fires when it has stopped, if the group was running (SVC-2, SVC-4).
    ///
    /// @throws NoSuchElementException if it is no child of this group
    public final Deferred<@Nullable Void> remove(Service child) {
        if (!children.remove(child)) {
            throw new NoSuchElementException(described(child) + " is not in this group");
        }
        child.joined(null);
        return running() ? child.stop() : Deferred.<@Nullable Void>succeed(null);
    }

    /// The child of that name.
    ///
    /// @throws NoSuchElementException if there is none (SVC-3)
    public final Service named(String name) {
        for (Service child : children) {
            if (name.equals(child.name())) {
                return child;
            }
        }
        throw new NoSuchElementException("no service is named \"" + name + "\"; there are "
                + children.stream().map(ServiceGroup::described).toList());
    }

    /// The children, in order of addition.
    public final List<Service> children() {
        return List.copyOf(children);
    }

    final void adopt(Service child) {
        String name = child.name();
        if (name != null && children.stream().anyMatch(other -> name.equals(other.name()))) {
            throw new IllegalStateException("the group already has a service named \"" + name + "\"");
        }
        child.joined(this);
        children.add(child);
        if (running() && !child.running()) {
            child.privilegedStart();
            child.start();
        }
    }

    @Override
    protected void privilegedStartService() {
        children().forEach(Service::privilegedStart);
    }

    @Override
    protected void startService() {
        children().forEach(Service::start);
    }

    @Override
    protected Deferred<@Nullable Void> stopService() {
        return end(Service::stop);
    }

    @Override
    protected Deferred<@Nullable Void> drainService(Duration deadline) {
        return end(child -> child.drain(deadline));
    }

    /// Asks every child to end, the last added first, and waits for all. A child's failure is logged and keeps none
    /// of the others from ending.
    private Deferred<@Nullable Void> end(Function<Service, Deferred<@Nullable Void>> verb) {
        var ends = new ArrayList<Deferred<@Nullable Void>>();
        for (Service child : children().reversed()) {
            ends.add(Deferred.<@Nullable Void>maybeDeferred(() -> verb.apply(child))
                    .addErrback(failure -> logged(failure, child)));
        }
        Deferred<@Nullable Void> all = Deferred.succeed(null);
        for (Deferred<@Nullable Void> each : ends) {
            all = all.addCallbackDeferring(_ -> each);
        }
        return all;
    }

    private static @Nullable Void logged(Failure failure, Service child) {
        log.failure("while stopping {service}", failure, described(child));
        return null;
    }

    /// A line for each service in it that is no group itself, with the names that lead there.
    final List<String> lines() {
        var lines = new ArrayList<String>();
        for (Service child : children) {
            String name = child.name() == null ? "" : child.name() + ": ";
            if (child instanceof ServiceGroup group) {
                group.lines().forEach(line -> lines.add(name + line));
            } else {
                lines.add(name + child);
            }
        }
        return lines;
    }

    private static String described(Service service) {
        return service.name() != null ? service.name() : service.getClass().getSimpleName();
    }
}
