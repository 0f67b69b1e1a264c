package bowline.reactor;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.TransportLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A backend: makes reactors of one flavour (REA-12). Found by `ServiceLoader`.
public interface ReactorProvider {

    /// The flavour's name, as in `nio`.
    String name();

    /// Higher is preferred when the program does not choose.
    int preference();

    /// Why this flavour cannot be used here, or the empty string when it can.
    String obstacle();

    /// A new reactor.
    Reactor create();

    /// A new reactor whose callbacks run on `host`'s thread, while the thread that calls [Reactor#run] only waits
    /// (REA-14).
    ///
    /// @throws IllegalArgumentException if this flavour can only run on a thread of its own
    default Reactor hosted(ReactorHost host) {
        throw new IllegalArgumentException(
                "reactor backend \"" + name() + "\" cannot run on " + host.name() + "; the backend nio can");
    }

    /// Runs a reactor of this backend beside the caller: on a thread of its own, of that name.
    ///
    /// @param ended called when it has ended, on its thread, with what it failed by or null
    /// @return waits for that
    default Runnable runBeside(
            Reactor reactor, String name, boolean installSignalHandlers, Consumer<@Nullable Throwable> ended) {
        return ReactorThread.start(reactor, name, installSignalHandlers, ended);
    }

    /// A TCP port for several reactors of this backend, which nobody listens on yet (LIS-10).
    ///
    /// @throws UnsupportedOperationException if its reactors cannot share a port, or not in the way wanted
    default SharedPort share(int port, ListenOptions options, SharingOptions sharing) {
        throw new UnsupportedOperationException(
                "reactors of the backend \"" + name() + "\" cannot share a port; use one reactor, or another backend");
    }

    /// A UNIX socket for several reactors of this backend, which nobody listens at yet.
    ///
    /// @throws UnsupportedOperationException if its reactors cannot share one, not in the way wanted, or not an
    /// abstract name (UNX-5)
    default SharedPort share(Address.Unix where, UnixListenOptions options, SharingOptions sharing) {
        throw new UnsupportedOperationException("reactors of the backend \"" + name()
                + "\" cannot share a UNIX socket; use one reactor, or another backend");
    }

    /// A listening socket for several reactors of this backend, by its descriptor (LIS-9).
    ///
    /// @throws UnsupportedOperationException if its reactors know no descriptors, or cannot share one in the way
    /// wanted
    default SharedPort share(int descriptor, TransportLimits limits, SharingOptions sharing) {
        throw new UnsupportedOperationException("reactors of the backend \"" + name() + "\" cannot adopt descriptor "
                + descriptor + ", for they know none; on Linux those of uring and epoll (bowline.linux) can");
    }

    /// The processors that the calling thread may run on, by their numbers, in order.
    ///
    /// @throws UnsupportedOperationException if this backend has no way to tell
    default List<Integer> processors() {
        throw new UnsupportedOperationException("the backend \"" + name()
                + "\" binds no threads to processors; uring and epoll (bowline.linux, on Linux) do");
    }

    /// Has the calling thread run on these processors only, from now on. Threads and children that it starts do
    /// likewise.
    ///
    /// @throws UnsupportedOperationException if this backend has no way to do it, or the system refuses
    default void bindThread(List<Integer> processors) {
        processors();
    }

    /// The backend of choice: the one that `-Dbowline.reactor` names, else the usable one with the highest
    /// preference.
    ///
    /// @throws IllegalArgumentException if the property names none that can be used here
    static ReactorProvider best() {
        return BackendChoice.best().provider();
    }

    /// The backend of that name.
    ///
    /// @throws IllegalArgumentException if there is none or it cannot be used here
    static ReactorProvider named(String name) {
        for (ReactorProvider provider : all()) {
            if (provider.name().equals(name)) {
                if (!provider.obstacle().isEmpty()) {
                    throw new IllegalArgumentException(
                            "reactor backend \"" + name + "\" cannot be used here: " + provider.obstacle());
                }
                return provider;
            }
        }
        throw new IllegalArgumentException("no reactor backend \"" + name + "\"; there are "
                + all().stream().map(ReactorProvider::name).toList());
    }

    /// All backends that load; a broken one is left out.
    static List<ReactorProvider> all() {
        var found = new ArrayList<ReactorProvider>();
        var providers = ServiceLoader.load(ReactorProvider.class).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return found;
                }
                found.add(providers.next());
            } catch (ServiceConfigurationError broken) {
                Logger.of(ReactorProvider.class)
                        .failure("a reactor backend does not load and is left out", Failure.of(broken));
            }
        }
    }
}
