package bowline.endpoint;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The arguments of one description, matched with the parameters of its type: what a parser of endpoints reads. Each
/// parameter may be given by position or by name.
public final class EndpointArguments {
    private static final int PORT_MAX = 65535;

    private final EndpointString description;
    private final List<String> parameters;
    private final Map<String, String> values = new LinkedHashMap<>();

    private EndpointArguments(EndpointString description, List<String> parameters) {
        this.description = description;
        this.parameters = parameters;
    }

    /// Matches the arguments with `parameters`, which are in the order of their positions.
    ///
    /// @throws IllegalArgumentException if there are too many, an unknown one, or one twice
    public static EndpointArguments of(EndpointString description, String... parameters) {
        var arguments = new EndpointArguments(description, List.of(parameters));
        arguments.takePositional();
        arguments.takeNamed();
        return arguments;
    }

    private void takePositional() {
        if (description.positional().size() > parameters.size()) {
            throw refusal("it has " + description.positional().size() + " arguments, " + description.type()
                    + " takes at most " + parameters.size() + " (" + String.join(", ", parameters)
                    + "); a colon inside of one is written \\:");
        }
        for (int i = 0; i < description.positional().size(); i++) {
            values.put(parameters.get(i), description.positional().get(i));
        }
    }

    private void takeNamed() {
        description.named().forEach((key, value) -> {
            if (!parameters.contains(key)) {
                throw refusal("it has an unknown argument " + key + "=; " + description.type() + " takes "
                        + String.join(", ", parameters));
            }
            if (values.putIfAbsent(key, value) != null) {
                throw refusal("it has " + key + " twice, by position and by name");
            }
        });
    }

    /// Whether a parameter is given, be it empty.
    public boolean has(String parameter) {
        return values.containsKey(parameter);
    }

    /// The text of a parameter that must be given.
    public String text(String parameter) {
        String value = values.get(parameter);
        if (value == null) {
            throw refusal("it has no " + parameter);
        }
        return value;
    }

    /// The text of a parameter, or `fallback`.
    public String text(String parameter, String fallback) {
        return values.getOrDefault(parameter, fallback);
    }

    /// The text of a parameter, or null when it is not given or empty.
    public @Nullable String textOrNull(String parameter) {
        String value = values.get(parameter);
        return value == null || value.isEmpty() ? null : value;
    }

    /// A port number, 0 to 65535.
    public int port(String parameter) {
        return number(parameter, text(parameter), 0, PORT_MAX);
    }

    /// A whole number within bounds, both included, which must be given.
    public int integer(String parameter, int min, int max) {
        return number(parameter, text(parameter), min, max);
    }

    /// A whole number within bounds, both included, or `fallback`.
    public int integer(String parameter, int min, int max, int fallback) {
        String value = values.get(parameter);
        return value == null ? fallback : number(parameter, value, min, max);
    }

    /// A whole number from 0 to `max` in octal digits, as modes of files are written, or `fallback`.
    public int octal(String parameter, int max, int fallback) {
        String value = values.get(parameter);
        if (value == null) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value, 8);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with the bounds.
        }
        throw refusal("its " + parameter + " \"" + value + "\" is not an octal number from 0 to "
                + Integer.toOctalString(max));
    }

    /// A 1 for yes or a 0 for no, or `fallback`.
    public boolean flag(String parameter, boolean fallback) {
        return integer(parameter, 0, 1, fallback ? 1 : 0) == 1;
    }

    /// A time in whole seconds, at least one, or `fallback`.
    public Duration seconds(String parameter, Duration fallback) {
        String value = values.get(parameter);
        return value == null ? fallback : Duration.ofSeconds(number(parameter, value, 1, Integer.MAX_VALUE));
    }

    private int number(String parameter, String value, int min, int max) {
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with the bounds.
        }
        throw refusal("its " + parameter + " \"" + value + "\" is not a whole number from " + min + " to " + max);
    }

    /// Complains about this description, without what is secret in it, in the words of all such complaints.
    public IllegalArgumentException refusal(String complaint) {
        return new IllegalArgumentException("endpoint \"" + description.masked() + "\" cannot be used: " + complaint);
    }
}
