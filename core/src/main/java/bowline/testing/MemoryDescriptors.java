package bowline.testing;

import bowline.reactor.Descriptor;
import bowline.reactor.ReadDescriptor;
import bowline.reactor.WriteDescriptor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The channels that a program brings to a [MemoryReactor], which are remembered and never ready (section 16).
final class MemoryDescriptors {
    private final Set<ReadDescriptor> readers = new LinkedHashSet<>();
    private final Set<WriteDescriptor> writers = new LinkedHashSet<>();

    void add(ReadDescriptor reader) {
        readers.add(reader);
    }

    void remove(ReadDescriptor reader) {
        readers.remove(reader);
    }

    void add(WriteDescriptor writer) {
        writers.add(writer);
    }

    void remove(WriteDescriptor writer) {
        writers.remove(writer);
    }

    List<ReadDescriptor> readers() {
        return List.copyOf(readers);
    }

    List<WriteDescriptor> writers() {
        return List.copyOf(writers);
    }

    /// An object that is both reader and writer once.
    List<Descriptor> all() {
        var all = new LinkedHashSet<Descriptor>(readers);
        all.addAll(writers);
        return List.copyOf(all);
    }

    List<Descriptor> removeAll() {
        List<Descriptor> removed = all();
        readers.clear();
        writers.clear();
        return removed;
    }
}
