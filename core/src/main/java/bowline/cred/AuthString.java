package bowline.cred;

import bowline.bytes.Ascii;
import bowline.failure.Failure;
import bowline.log.Logger;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// Checkers from the command line, `--auth type:argument`, and the help for it (CRD-9).
public final class AuthString {
    private static final Logger log = Logger.of(AuthString.class);

    /// Most types that may fail to load, so that a loader that never ends cannot keep us.
    private static final int BROKEN_MAX = 20;

    private AuthString() {}

    /// The checker that `description` describes, as in `file:/etc/bowline/passwords`.
    ///
    /// @throws IllegalArgumentException if there is no such type or its argument cannot be used
    public static CredentialsChecker checker(String description, SlowWork work) {
        int colon = description.indexOf(':');
        String type = colon < 0 ? description : description.substring(0, colon);
        CheckerParser parser = parser(type);
        try {
            return parser.parse(colon < 0 ? "" : description.substring(colon + 1), work);
        } catch (IllegalArgumentException unusable) {
            // The argument may hold a password and is not repeated.
            throw new IllegalArgumentException(
                    "--auth " + parser.type() + ":… cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    private static CheckerParser parser(String type) {
        Map<String, CheckerParser> types = types();
        CheckerParser parser = types.get(type.toLowerCase(Locale.ROOT));
        if (parser == null) {
            throw new IllegalArgumentException("there is no type of authentication " + Ascii.quote(type, 40)
                    + "; the types are " + String.join(", ", types.keySet()));
        }
        return parser;
    }

    /// The text of `--help-auth`: all types, with a line each.
    public static String help() {
        Collection<CheckerParser> types = types().values();
        int widest = types.stream().mapToInt(each -> usage(each).length()).max().orElse(1);
        List<String> lines = types.stream()
                .map(each -> ("  %-" + widest + "s  %s").formatted(usage(each), each.summary()))
                .toList();
        return "Types of authentication, for --auth TYPE:ARGUMENT:\n" + String.join("\n", lines)
                + "\n\n--help-auth-type TYPE tells more about one.\n";
    }

    /// The text of `--help-auth-type`.
    ///
    /// @throws IllegalArgumentException if there is no such type
    public static String help(String type) {
        CheckerParser parser = parser(type);
        return "--auth " + usage(parser) + "\n" + parser.summary() + ".\n\n" + parser.help() + "\n";
    }

    private static String usage(CheckerParser parser) {
        return parser.type() + (parser.argumentName().isEmpty() ? "" : ":" + parser.argumentName());
    }

    /// All that load, by their types; the built-in ones first, so that nobody takes their names.
    private static Map<String, CheckerParser> types() {
        Map<String, CheckerParser> types = new TreeMap<>();
        List.<CheckerParser>of(AuthTypes.values()).forEach(each -> types.put(each.type(), each));
        Iterator<CheckerParser> found = ServiceLoader.load(CheckerParser.class).iterator();
        for (int broken = 0; broken < BROKEN_MAX; ) {
            try {
                if (!found.hasNext()) {
                    return types;
                }
                CheckerParser parser = found.next();
                types.putIfAbsent(parser.type(), parser);
            } catch (ServiceConfigurationError fault) {
                broken++;
                log.failure("a type of authentication does not load and is left out", Failure.of(fault));
            }
        }
        return types;
    }
}
