package bowline.reactor.loop;

import bowline.reactor.watch.Listed;
import bowline.reactor.watch.ReactorContents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What parts of a program have to tell when their reactor is described.
final class DescribedParts {
    private final Set<Part> parts = new LinkedHashSet<>();

    /// Compared by identity: two may tell the same.
    private static final class Part {
        final String name;
        final Supplier<? extends Collection<?>> things;

        Part(String name, Supplier<? extends Collection<?>> things) {
            this.name = name;
            this.things = things;
        }
    }

    /// Has `things` asked at each description; the answer takes that back.
    Runnable add(String name, Supplier<? extends Collection<?>> things) {
        var part = new Part(name, things);
        parts.add(part);
        return () -> parts.remove(part);
    }

    /// What they tell, by name.
    Map<String, Listed<String>> describe() {
        Map<String, List<Object>> told = new TreeMap<>();
        for (Part part : List.copyOf(parts)) {
            told.computeIfAbsent(part.name, _ -> new ArrayList<>()).addAll(thingsOf(part));
        }
        Map<String, Listed<String>> described = new TreeMap<>();
        told.forEach((name, things) -> described.put(
                name, Listed.first(ReactorContents.SHOWN_MAX, things, thing -> Describing.said(thing::toString))));
        return described;
    }

    private static Collection<?> thingsOf(Part part) {
        try {
            return part.things.get();
        } catch (RuntimeException broken) {
            return List.of("cannot be told: " + broken);
        }
    }
}
