package bowline.run;

import bowline.reactor.ReactorGroup;
import bowline.service.ServiceArguments;
import bowline.service.UsageError;
import java.util.ArrayList;
import java.util.List;

/// Which processors the reactors' threads are bound to.
///
/// @param bound whether they are
/// @param processors to which, by their numbers; none: to whatever there are
record Affinity(boolean bound, List<Integer> processors) {
    static final Affinity NONE = new Affinity(false, List.of());

    private static final String OPTION = "affinity";
    private static final int NUMBER_MAX = 8191;

    /// What the option says.
    ///
    /// @throws UsageError if it is no list of processors
    static Affinity of(ServiceArguments values) {
        String text = values.string(OPTION);
        if (text.equals("auto")) {
            return new Affinity(true, List.of());
        }
        var numbers = new ArrayList<Integer>();
        for (String range : text.split(",", -1)) {
            int dash = range.indexOf('-');
            int first = number(values, text, dash < 0 ? range : range.substring(0, dash));
            int last = number(values, text, range.substring(dash + 1));
            if (last < first) {
                throw refusal(values, text);
            }
            for (int number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
        return new Affinity(true, numbers);
    }

    private static int number(ServiceArguments values, String text, String digits) {
        try {
            int number = Integer.parseInt(digits);
            if (number >= 0 && number <= NUMBER_MAX) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Told below.
        }
        throw refusal(values, text);
    }

    private static UsageError refusal(ServiceArguments values, String text) {
        return values.refusal(OPTION, text, "no list of processors", "write auto, or numbers as in 0,2-5");
    }

    /// Binds the group's threads, before it runs.
    ///
    /// @throws UsageError if the backend cannot, or there is no such processor
    void apply(ReactorGroup group) {
        if (!bound) {
            return;
        }
        try {
            if (processors.isEmpty()) {
                group.bindToProcessors();
            } else {
                group.bindToProcessors(processors);
            }
        } catch (IllegalArgumentException | UnsupportedOperationException impossible) {
            throw new UsageError(
                    "--affinity: " + impossible.getMessage(), "leave it out to run wherever there is room");
        }
    }
}
