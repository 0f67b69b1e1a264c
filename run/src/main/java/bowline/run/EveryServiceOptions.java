package bowline.run;

import bowline.reactor.watch.StallLimits;
import bowline.service.ServiceArguments;
import bowline.service.ServiceMaker;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Options of the whole program that may stand behind a service's name too, among its own, for how much is wanted of
/// them depends on the service. All services share the reactors, so they must agree.
///
/// A service may declare an option by such a name; behind the service's name it is the service's then.
final class EveryServiceOptions {
    /// How many reactors there may be at most.
    private static final int REACTORS_MAX = 256;

    private static final ServiceOption REACTORS = ServiceOption.value(
            "reactors", "NUMBER", "Serve by so many reactors, a thread each; auto: one for each processor. Default: 1");

    private static final ServiceOption STALL = ServiceOption.value(
            "stall", "TIME", "Log a warning, with the stack, when a reactor serves nobody for so long, as in 500ms");

    /// All of them, in the order of the help.
    static final List<ServiceOption> ALL = List.of(REACTORS, STALL);

    private final Map<String, List<String>> given = new LinkedHashMap<>();

    /// What stood before any service's name.
    EveryServiceOptions(Map<String, List<String>> values) {
        take(values, ALL);
    }

    /// The service's own options, and those of these which may stand among them.
    static List<ServiceOption> with(ServiceMaker maker) {
        var options = new ArrayList<>(maker.options());
        AuthHelp.addTo(options);
        options.addAll(TlsOption.of(maker));
        options.addAll(CaptureWords.of(maker));
        options.addAll(undeclared(maker));
        return options;
    }

    private static List<ServiceOption> undeclared(ServiceMaker maker) {
        return ALL.stream()
                .filter(ours -> maker.options().stream()
                        .noneMatch(option -> option.name().equals(ours.name())))
                .toList();
    }

    /// Takes from what stood behind a service's name what is not the service's, and answers the rest.
    Map<String, List<String>> takeFrom(ServiceMaker maker, Map<String, List<String>> values) {
        List<ServiceOption> ours = undeclared(maker);
        take(values, ours);
        var own = new LinkedHashMap<>(values);
        ours.forEach(option -> own.remove(option.name()));
        return own;
    }

    private void take(Map<String, List<String>> values, List<ServiceOption> options) {
        for (ServiceOption option : options) {
            List<String> now = values.get(option.name());
            if (now == null) {
                continue;
            }
            List<String> before = given.putIfAbsent(option.name(), now);
            if (before != null && !before.equals(now)) {
                throw new UsageError(
                        "--" + option.name() + " is " + before.getFirst() + " and " + now.getFirst(),
                        "all services run on the same reactors; give it once");
            }
        }
    }

    /// How many reactors are wanted.
    int reactors() {
        ServiceArguments values = values();
        if (!values.has("reactors")) {
            return 1;
        }
        return values.string("reactors").equals("auto")
                ? Math.min(Runtime.getRuntime().availableProcessors(), REACTORS_MAX)
                : values.integer("reactors", 1, REACTORS_MAX);
    }

    /// What a callback may take before the log is told; null when nobody wants to know.
    @Nullable
    StallLimits stall() {
        ServiceArguments values = values();
        if (!values.has("stall")) {
            return null;
        }
        Duration budget = values.duration("stall");
        if (budget.compareTo(StallLimits.SHORTEST) < 0 || budget.compareTo(StallLimits.LONGEST) > 0) {
            throw values.refusal(
                    "stall",
                    values.string("stall"),
                    "not from " + StallLimits.SHORTEST.toMillis() + "ms to " + StallLimits.LONGEST.toDays() + "d",
                    "1s finds what people notice");
        }
        return StallLimits.DEFAULT.callback(budget);
    }

    private ServiceArguments values() {
        return ServiceArguments.of(ALL, given);
    }
}
