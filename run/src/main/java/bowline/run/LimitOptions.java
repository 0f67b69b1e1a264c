package bowline.run;

import bowline.service.ServiceArguments;
import bowline.service.ServiceOption;
import bowline.supervise.ServiceLimits;
import java.util.List;

/// The options by which services with connections are limited.
final class LimitOptions {
    private static final int MAX = 10_000_000;

    private LimitOptions() {}

    /// The options, with `usual` as their defaults.
    static List<ServiceOption> of(ServiceLimits usual) {
        return List.of(
                number("max-connections", "How many connections there may be at once", usual.maxConnections()),
                number(
                        "max-connections-per-source",
                        "How many of them one address (of IPv6: one /64) may have",
                        usual.maxConnectionsPerSource()),
                number("max-starts", "How many connections may begin in a minute", usual.maxStartsPerMinute()),
                ServiceOption.value(
                                "idle-timeout",
                                "TIME",
                                "How long a connection may last on which nothing comes or goes, as in 30s; 0s: for ever")
                        .defaultsTo(usual.idleTimeout().toMinutes() + "m"));
    }

    private static ServiceOption number(String name, String description, int usual) {
        return ServiceOption.value(name, "NUMBER", description).defaultsTo("" + usual);
    }

    /// The same options with the values of `arguments` as their defaults.
    static List<ServiceOption> asIn(ServiceArguments arguments, ServiceLimits usual) {
        return of(usual).stream()
                .map(option -> option.defaultsTo(arguments.string(option.name())))
                .toList();
    }

    /// What was asked for.
    static ServiceLimits read(ServiceArguments arguments, ServiceLimits usual) {
        return usual.connections(
                        arguments.integer("max-connections", 1, MAX),
                        arguments.integer("max-connections-per-source", 1, MAX),
                        arguments.integer("max-starts", 1, MAX))
                .idleTimeout(arguments.duration("idle-timeout"));
    }
}
