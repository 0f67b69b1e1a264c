package bowline.reactor.nio;

import bowline.failure.Failure;
import bowline.protocol.ConnectionLost;
import bowline.reactor.Descriptor;
import bowline.reactor.ReadDescriptor;
import bowline.reactor.WriteDescriptor;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The channels that the program brought, each with one reader and one writer at most (section 16).
final class NioWatches {
    private final SelectorHost host;
    private final IdentityHashMap<SelectableChannel, NioWatch> watches = new IdentityHashMap<>();

    NioWatches(SelectorHost host) {
        this.host = host;
    }

    void addReader(ReadDescriptor reader) {
        watch(reader).reader(reader);
    }

    void removeReader(ReadDescriptor reader) {
        NioWatch watch = watches.get(reader.channel());
        if (watch != null && watch.reader() == reader) {
            watch.reader(null);
        }
    }

    void addWriter(WriteDescriptor writer) {
        watch(writer).writer(writer);
    }

    void removeWriter(WriteDescriptor writer) {
        NioWatch watch = watches.get(writer.channel());
        if (watch != null && watch.writer() == writer) {
            watch.writer(null);
        }
    }

    List<ReadDescriptor> readers() {
        return watches.values().stream()
                .map(NioWatch::reader)
                .filter(Objects::nonNull)
                .toList();
    }

    List<WriteDescriptor> writers() {
        return watches.values().stream()
                .map(NioWatch::writer)
                .filter(Objects::nonNull)
                .toList();
    }

    /// What was removed, an object that was both reader and writer once.
    List<Descriptor> removeAll() {
        var removed = new LinkedHashSet<Descriptor>();
        for (NioWatch watch : watches.values()) {
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
    void sweep() {
        if (watches.isEmpty()) {
            return;
        }
        for (NioWatch watch : new ArrayList<>(watches.values())) {
            if (watch.isIdle()) {
                watches.remove(watch.channel());
                watch.forget();
            } else if (!watch.channel().isOpen()) {
                watch.disconnected(Failure.of(new ConnectionLost("the descriptor went away: its channel was closed"
                        + " while the reactor watched it; remove it first")));
            }
        }
    }

    boolean isEmpty() {
        return watches.isEmpty();
    }

    private NioWatch watch(Descriptor descriptor) {
        SelectableChannel channel = descriptor.channel();
        if (channel.isBlocking()) {
            throw new IllegalArgumentException(
                    "the channel of " + descriptor.logPrefix() + " blocks; call configureBlocking(false) first");
        }
        return watches.computeIfAbsent(channel, _ -> new NioWatch(host, channel));
    }
}
