package bowline.junit.layout;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/// The rules of a layout. Each answers with one sentence for every breach, and with nothing when all is well.
public final class LayoutRules {

    private static final String SANS_IO = "bowline.bytes.SansIo";
    private static final String NULL_MARKED = "org.jspecify.annotations.NullMarked";

    /// What a pure package does without. A name that ends in `.` stands for all that is below it.
    private static final List<String> IMPURE_CLASSES = List.of(
            "java.net.",
            "java.nio.channels.",
            "java.nio.file.",
            "java.io.",
            "java.util.concurrent.",
            "java.lang.Thread",
            "java.lang.ThreadLocal",
            "java.time.Clock",
            "java.util.Timer",
            "bowline.time.",
            "bowline.defer.",
            "bowline.protocol.",
            "bowline.reactor.");

    /// Types of `java.io` that move no byte.
    private static final Set<String> PURE_AFTER_ALL =
            Set.of("java.io.IOException", "java.io.UncheckedIOException", "java.io.Serializable");

    private final Rooms rooms;

    private LayoutRules(Rooms rooms) {
        this.rooms = rooms;
    }

    /// The rules, to be asked about `rooms`.
    public static LayoutRules of(Rooms rooms) {
        return new LayoutRules(rooms);
    }

    /// Packages that know each other in a circle; each circle once.
    public List<String> cycles() {
        SortedMap<String, SortedMap<String, String>> arrows = rooms.arrows();
        var breaches = new ArrayList<String>();
        var done = new HashSet<String>();
        for (String start : arrows.keySet()) {
            List<String> circle = done.contains(start) ? List.of() : circleThrough(start, arrows);
            if (!circle.isEmpty()) {
                done.addAll(circle);
                breaches.add("packages in a circle: " + told(circle, arrows));
            }
        }
        return breaches;
    }

    /// Packages that know one of their own floor or above, or that stand on no floor.
    ///
    /// @param floors from the lowest up, each the packages that stand on it
    public List<String> floors(List<Set<String>> floors) {
        Map<String, Integer> heights = heights(floors);
        var breaches = new ArrayList<String>();
        for (String room : rooms.packages()) {
            if (!heights.containsKey(room)) {
                breaches.add("package " + room + " stands on no floor; give it one");
            }
        }
        rooms.arrows()
                .forEach((user, targets) -> targets.forEach((used, proof) -> {
                    Integer above = heights.get(user);
                    Integer below = heights.get(used);
                    if (above != null && below != null && below >= above) {
                        breaches.add(
                                "%s (floor %d) knows %s (floor %d): %s".formatted(user, above, used, below, proof));
                    }
                }));
        return breaches;
    }

    /// Classes of `@SansIo` packages that name a socket, file, clock, thread or Deferred.
    public List<String> impurities() {
        Set<String> pure = new HashSet<>();
        rooms.classes().stream()
                .filter(each -> each.isPackageInfo() && each.annotations().contains(SANS_IO))
                .forEach(each -> pure.add(each.packageName()));
        Predicate<ClassFacts> inPure = user -> pure.contains(user.packageName());
        var breaches =
                new ArrayList<>(uses(inPure, name -> isBelow(IMPURE_CLASSES, name) && !PURE_AFTER_ALL.contains(name)));
        breaches.addAll(calls(inPure, LayoutRules::readsClock));
        return breaches;
    }

    /// Packages without a `package-info`, or with one that is not `@NullMarked`.
    public List<String> unmapped() {
        Map<String, ClassFacts> maps = new TreeMap<>();
        rooms.classes().stream().filter(ClassFacts::isPackageInfo).forEach(each -> maps.put(each.packageName(), each));
        var breaches = new ArrayList<String>();
        for (String room : rooms.packages()) {
            ClassFacts map = maps.get(room);
            if (map == null || !map.annotations().contains(NULL_MARKED)) {
                breaches.add("package " + room + " has no package-info.java with @NullMarked");
            }
        }
        return breaches;
    }

    /// Those of the `users` that name a `forbidden` class.
    public List<String> uses(Predicate<ClassFacts> users, Predicate<String> forbidden) {
        return found(users, ClassFacts::uses, forbidden);
    }

    /// Those of the `users` that call or read a `forbidden` member, as `java.lang.System.nanoTime`.
    public List<String> calls(Predicate<ClassFacts> users, Predicate<String> forbidden) {
        return found(users, ClassFacts::members, forbidden);
    }

    /// True for a member that tells the time of the machine.
    public static boolean readsClock(String member) {
        return member.equals("java.lang.System.nanoTime")
                || member.equals("java.lang.System.currentTimeMillis")
                || (member.startsWith("java.time.") && member.endsWith(".now"));
    }

    private List<String> found(
            Predicate<ClassFacts> users, Function<ClassFacts, Set<String>> named, Predicate<String> forbidden) {
        var breaches = new ArrayList<String>();
        for (ClassFacts user : rooms.classes()) {
            if (users.test(user)) {
                named.apply(user).stream()
                        .filter(forbidden)
                        .sorted()
                        .forEach(used -> breaches.add(user.name() + " uses " + used));
            }
        }
        return breaches;
    }

    private static boolean isBelow(List<String> roots, String name) {
        return roots.stream().anyMatch(root -> root.endsWith(".") ? name.startsWith(root) : name.equals(root));
    }

    private static Map<String, Integer> heights(List<Set<String>> floors) {
        Map<String, Integer> heights = new HashMap<>();
        for (int floor = 0; floor < floors.size(); floor++) {
            for (String room : floors.get(floor)) {
                heights.put(room, floor);
            }
        }
        return heights;
    }

    /// The shortest way from `start` back to it, or nothing.
    private static List<String> circleThrough(String start, SortedMap<String, SortedMap<String, String>> arrows) {
        Map<String, String> cameFrom = new HashMap<>();
        Deque<String> waiting = new ArrayDeque<>(List.of(start));
        while (!waiting.isEmpty()) {
            String room = waiting.remove();
            for (String next : arrows.getOrDefault(room, new TreeMap<>()).keySet()) {
                if (next.equals(start)) {
                    return wayTo(room, start, cameFrom);
                }
                if (!cameFrom.containsKey(next)) {
                    cameFrom.put(next, room);
                    waiting.add(next);
                }
            }
        }
        return List.of();
    }

    private static List<String> wayTo(String end, String start, Map<String, String> cameFrom) {
        Deque<String> way = new ArrayDeque<>();
        String room = end;
        while (room != null && !room.equals(start)) {
            way.addFirst(room);
            room = cameFrom.get(room);
        }
        way.addFirst(start);
        return List.copyOf(way);
    }

    private static String told(List<String> circle, SortedMap<String, SortedMap<String, String>> arrows) {
        var proofs = new ArrayList<String>();
        for (int i = 0; i < circle.size(); i++) {
            String next = circle.get((i + 1) % circle.size());
            proofs.add(requireNonNull(arrows.get(circle.get(i))).get(next));
        }
        return String.join(", ", proofs);
    }
}
