package bowline.run;

import bowline.service.ServiceOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads command lines that are plainly right: `--flag`, `--name value` and `--name=value`, each known and
/// complete. Everything else, right or wrong, is left to picocli, which takes 90 ms to wake, nearly half of
/// the time from the JVM's start to the first connection.
final class PlainWords {

    private PlainWords() {}

    /// What was given, as picocli would read it, or null when picocli must.
    static @Nullable Given read(List<ServiceOption> options, List<String> words, boolean stopsAtWord) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("--")) {
            String word = words.get(at++);
            int equals = word.indexOf('=');
            String name = word.substring(2, equals < 0 ? word.length() : equals);
            ServiceOption option = named(name, options);
            if (option == null
                    || (values.containsKey(name) && !option.repeatable())
                    || (option.isFlag() && equals >= 0)) {
                return null;
            }
            List<String> before = values.computeIfAbsent(name, _ -> new ArrayList<>());
            if (option.isFlag()) {
                continue;
            }
            if (equals < 0 && at == words.size()) {
                return null;
            }
            String value = equals < 0 ? words.get(at++) : word.substring(equals + 1);
            if (value.isEmpty() || (value.startsWith("-") && !value.equals("-"))) {
                return null;
            }
            before.add(value);
        }
        List<String> rest = words.subList(at, words.size());
        boolean plain = rest.isEmpty() || (stopsAtWord && !rest.getFirst().startsWith("-"));
        return plain ? new Given(values, false, rest) : null;
    }

    private static @Nullable ServiceOption named(String name, List<ServiceOption> options) {
        for (ServiceOption option : options) {
            if (option.name().equals(name)) {
                return option;
            }
        }
        return null;
    }
}
