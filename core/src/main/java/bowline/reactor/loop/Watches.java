package bowline.reactor.loop;

import bowline.failure.Failure;
import bowline.protocol.ConnectionLost;
import bowline.reactor.Descriptor;
import bowline.reactor.ReadDescriptor;
import bowline.reactor.WriteDescriptor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The channels and descriptors that the program brought, each with one reader and one writer at most (section 16).
public final class Watches {
    private final Function<Descriptor, Object> key;
    private final Function<Descriptor, ? extends Watch> maker;
    private final Map<Object, Watch> watches = new LinkedHashMap<>();

    /// None yet.
    ///
    /// @param key what is watched: equal for the same channel or descriptor
    /// @param maker begins to watch it, or refuses
    public Watches(Function<Descriptor, Object> key, Function<Descriptor, ? extends Watch> maker) {
        this.key = key;
        this.maker = maker;
    }

    private @Nullable Watch present(Descriptor descriptor) {
        return watches.get(key.apply(descriptor));
    }

    private Watch watch(Descriptor descriptor) {
        return watches.computeIfAbsent(key.apply(descriptor), _ -> maker.apply(descriptor));
    }

    /// See [bowline.reactor.Reactor#addReader].
    public void addReader(ReadDescriptor reader) {
        watch(reader).reader(reader);
    }

    /// See [bowline.reactor.Reactor#removeReader].
    public void removeReader(ReadDescriptor reader) {
        Watch watch = present(reader);
        if (watch != null && watch.reader() == reader) {
            watch.reader(null);
        }
    }

    /// See [bowline.reactor.Reactor#addWriter].
    public void addWriter(WriteDescriptor writer) {
        watch(writer).writer(writer);
    }

    /// See [bowline.reactor.Reactor#removeWriter].
    public void removeWriter(WriteDescriptor writer) {
        Watch watch = present(writer);
        if (watch != null && watch.writer() == writer) {
            watch.writer(null);
        }
    }

    /// Who wants to read.
    public List<ReadDescriptor> readers() {
        return watches.values().stream()
                .map(Watch::reader)
                .filter(Objects::nonNull)
                .toList();
    }

    /// Who wants to write.
    public List<WriteDescriptor> writers() {
        return watches.values().stream()
                .map(Watch::writer)
                .filter(Objects::nonNull)
                .toList();
    }

    /// Takes all out, and answers them, an object that was both reader and writer once.
    public List<Descriptor> removeAll() {
        var removed = new LinkedHashSet<Descriptor>();
        for (Watch watch : watches.values()) {
            addIfThere(removed, watch.reader());
            addIfThere(removed, watch.writer());
            watch.reader(null);
            watch.writer(null);
        }
        return List.copyOf(removed);
    }

    private static void addIfThere(Set<Descriptor> all, @Nullable Descriptor descriptor) {
        if (descriptor != null) {
            all.add(descriptor);
        }
    }

    /// After each wait: forgets channels that nobody watches, and tells those whose channel was closed
    /// under them (FDS-6).
    public void sweep() {
        if (watches.isEmpty()) {
            return;
        }
        for (Map.Entry<Object, Watch> each : List.copyOf(watches.entrySet())) {
            Watch watch = each.getValue();
            if (watch.isIdle()) {
                watches.remove(each.getKey());
                watch.forget();
            } else if (!watch.isOpen()) {
                watch.disconnected(Failure.of(new ConnectionLost("the descriptor went away: its channel was closed"
                        + " while the reactor watched it; remove it first")));
            }
        }
    }

    /// Whether nobody watches anything, nor did since the last [#sweep].
    public boolean isEmpty() {
        return watches.isEmpty();
    }
}
