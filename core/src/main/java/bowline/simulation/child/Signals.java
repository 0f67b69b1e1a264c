package bowline.simulation.child;

import java.util.Map;

/// The signals of Linux: their numbers, and what each does to a process that does not handle it.
final class Signals {
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("HUP", 1),
            Map.entry("INT", 2),
            Map.entry("QUIT", 3),
            Map.entry("ILL", 4),
            Map.entry("ABRT", 6),
            Map.entry("BUS", 7),
            Map.entry("FPE", 8),
            Map.entry("KILL", 9),
            Map.entry("USR1", 10),
            Map.entry("SEGV", 11),
            Map.entry("USR2", 12),
            Map.entry("PIPE", 13),
            Map.entry("ALRM", 14),
            Map.entry("TERM", 15),
            Map.entry("CHLD", 17),
            Map.entry("CONT", 18),
            Map.entry("STOP", 19),
            Map.entry("TSTP", 20),
            Map.entry("WINCH", 28));

    /// What a signal does by itself.
    enum Effect {
        END,
        STOP,
        CONTINUE,
        NOTHING
    }

    private Signals() {}

    /// The number of that name.
    ///
    /// @throws IllegalArgumentException if there is none
    static int number(String name) {
        Integer number = NUMBERS.get(name);
        if (number == null) {
            throw new IllegalArgumentException("no signal \"" + name + "\"; there are "
                    + NUMBERS.keySet().stream().sorted().toList());
        }
        return number;
    }

    /// The name of that number; the number itself if it has none.
    static String name(int number) {
        return NUMBERS.entrySet().stream()
                .filter(each -> each.getValue() == number)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(String.valueOf(number));
    }

    static Effect effect(int number) {
        return switch (name(number)) {
            case "STOP", "TSTP" -> Effect.STOP;
            case "CONT" -> Effect.CONTINUE;
            case "CHLD", "WINCH" -> Effect.NOTHING;
            default -> Effect.END;
        };
    }
}
