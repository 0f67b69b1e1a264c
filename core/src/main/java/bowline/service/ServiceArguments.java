package bowline.service;

import bowline.cred.AuthString;
import bowline.cred.CredentialsChecker;
import bowline.cred.SlowWork;
import bowline.endpoint.ServerEndpoint;
import bowline.protocol.Factory;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The values of a service's options, defaults filled in: the words of the command line, read as what the service
/// wants them to be. A value that cannot be read is a [UsageError]. Immutable.
///
/// Asking for a name that is no option of the service, or for the value of an option that has neither value nor
/// default, is a mistake of the program: [#has] tells whether there is one.
public final class ServiceArguments {
    private static final Map<String, Duration> UNITS = units();

    private final Map<String, ServiceOption> options;
    private final Map<String, List<String>> values;

    private ServiceArguments(Map<String, ServiceOption> options, Map<String, List<String>> values) {
        this.options = options;
        this.values = values;
    }

    /// The values of `options`: those given, by name, and defaults for the others. A flag is on when its
    /// name is given, whatever the list.
    ///
    /// @throws UsageError if a name is unknown, a required value is missing, or one that does not repeat is
    /// repeated
    public static ServiceArguments of(List<ServiceOption> options, Map<String, List<String>> given) {
        var known = new LinkedHashMap<String, ServiceOption>();
        options.forEach(option -> known.put(option.name(), option));
        for (String name : given.keySet()) {
            if (!known.containsKey(name)) {
                throw new UsageError("unknown option --" + name, "the options are " + names(known));
            }
        }
        var values = new LinkedHashMap<String, List<String>>();
        for (ServiceOption option : options) {
            List<String> words = valuesOf(option, given.get(option.name()));
            if (words != null) {
                values.put(option.name(), words);
            }
        }
        return new ServiceArguments(known, values);
    }

    private static @Nullable List<String> valuesOf(ServiceOption option, @Nullable List<String> given) {
        if (given == null) {
            if (option.required()) {
                throw new UsageError(
                        "--" + option.name() + " is missing", "add --" + option.name() + " " + option.label());
            }
            return option.fallback() == null ? null : List.of(option.fallback());
        }
        if (given.size() > 1 && !option.repeatable() && !option.isFlag()) {
            throw new UsageError("--" + option.name() + " is given " + given.size() + " times", "give it once");
        }
        return List.copyOf(given);
    }

    /// Whether the option has a value: given, or by default.
    public boolean has(String name) {
        return values.containsKey(known(name).name());
    }

    /// Whether the flag is given.
    public boolean flag(String name) {
        return has(name);
    }

    /// The value.
    public String string(String name) {
        List<String> words = list(name);
        if (words.isEmpty()) {
            throw new IllegalStateException(
                    "--" + name + " has neither a value nor a default; ask has(\"" + name + "\")");
        }
        return words.getLast();
    }

    /// All values, in the order given; empty when there is none.
    public List<String> list(String name) {
        return values.getOrDefault(known(name).name(), List.of());
    }

    /// The value as a path, a leading `~/` being the user's home.
    public Path path(String name) {
        String text = string(name);
        try {
            return text.startsWith("~/")
                    ? Path.of(System.getProperty("user.home")).resolve(text.substring(2))
                    : Path.of(text);
        } catch (InvalidPathException invalid) {
            throw refusal(name, text, "not a path here: " + invalid.getReason(), "give the name of a file or folder");
        }
    }

    /// The value as a decimal integer within bounds, both included.
    public int integer(String name, int min, int max) {
        String text = string(name);
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with the bounds.
        }
        throw refusal(name, text, "not a whole number from " + min + " to " + max, "write it in digits");
    }

    /// The value as a length of time: a number and a unit, as in `250ms`, `1.5s`, `30s`, `5m`, `2h`, `1d`; without
    /// a unit, seconds.
    public Duration duration(String name) {
        String text = string(name);
        int digits = 0;
        while (digits < text.length() && (Character.isDigit(text.charAt(digits)) || text.charAt(digits) == '.')) {
            digits++;
        }
        Duration unit = UNITS.get(text.substring(digits));
        try {
            if (unit != null) {
                BigDecimal nanos =
                        new BigDecimal(text.substring(0, digits)).multiply(BigDecimal.valueOf(unit.toNanos()));
                return Duration.ofNanos(nanos.toBigInteger().longValueExact());
            }
        } catch (NumberFormatException | ArithmeticException notANumber) {
            // Told below, with the units.
        }
        throw refusal(name, text, "not a length of time", "write a number and a unit, as in 250ms, 30s, 5m or 2h");
    }

    /// The servers of each reactor of a group, in their order: at each endpoint that the option names one
    /// server for each reactor, which share the connections; at an endpoint that cannot be shared, one for the
    /// first reactor.
    ///
    /// @param factories makes the factory of a reactor
    public List<ServiceGroup> servers(
            String name, ReactorGroup group, Function<? super Reactor, ? extends Factory<?>> factories) {
        List<ServiceGroup> servers =
                group.reactors().stream().map(_ -> new ServiceGroup()).toList();
        List<Factory<?>> made =
                group.reactors().stream().<Factory<?>>map(factories).toList();
        for (String description : list(name)) {
            List<ServerEndpoint> endpoints = endpoint(name, () -> ServerEndpoint.of(group, description));
            for (int i = 0; i < endpoints.size(); i++) {
                servers.get(i).add(ServerService.throwing(endpoints.get(i), made.get(i)));
            }
        }
        return servers;
    }

    private static <T> T endpoint(String name, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException refused) {
            throw new UsageError(
                    "--" + name + ": " + refused.getMessage(),
                    "write type:arguments, as in tcp:8080 or tcp:8080:interface=127.0.0.1");
        } catch (UnsupportedOperationException unable) {
            throw new UsageError(
                    "--" + name + ": " + unable.getMessage(),
                    "let several reactors share it in another way, or serve it by one reactor");
        }
    }

    /// A server for each endpoint that the option names, all with protocols made by `factory`: the usual meaning of
    /// `--listen`. Not being able to listen is thrown when it starts.
    public ServiceGroup servers(String name, Reactor reactor, Factory<?> factory) {
        ServiceGroup servers = new ServiceGroup();
        for (String description : list(name)) {
            servers.add(endpoint(name, () -> ServerService.of(reactor, description, factory)));
        }
        return servers;
    }

    /// The checkers that `--auth` names, in their order; none when it is not given (CRD-9). What is wrong is told
    /// without the values, which may be passwords.
    ///
    /// @param work where they read files and compute hashes, as `SlowWork.on(reactor::deferToThread)`
    public List<CredentialsChecker> checkers(SlowWork work) {
        try {
            return list(ServiceOption.AUTH).stream()
                    .map(description -> AuthString.checker(description, work))
                    .toList();
        } catch (IllegalArgumentException unusable) {
            throw new UsageError(
                    String.valueOf(unusable.getMessage()),
                    "--help-auth lists the types, --help-auth-type tells of one");
        }
    }

    /// Complains about the value of an option in the words of all such complaints.
    public UsageError refusal(String name, String value, String complaint, String advice) {
        return new UsageError("--" + name + " \"" + value + "\" is " + complaint, advice);
    }

    private ServiceOption known(String name) {
        ServiceOption option = options.get(name);
        if (option == null) {
            throw new IllegalArgumentException("there is no option --" + name + "; options() names " + names(options));
        }
        return option;
    }

    private static String names(Map<String, ServiceOption> options) {
        return options.keySet().stream().map(name -> "--" + name).collect(Collectors.joining(", "));
    }

    private static Map<String, Duration> units() {
        return Map.of(
                "", Duration.ofSeconds(1),
                "ms", Duration.ofMillis(1),
                "s", Duration.ofSeconds(1),
                "m", Duration.ofMinutes(1),
                "h", Duration.ofHours(1),
                "d", Duration.ofDays(1));
    }
}
