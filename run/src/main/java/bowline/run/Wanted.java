package bowline.run;

import bowline.capture.Captures;
import bowline.service.ServiceArguments;
import bowline.service.ServiceMaker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of the services of a command line.
///
/// @param name what it is called in the log: the maker's name, with a number where that is taken
/// @param maker makes it
/// @param arguments the values of its options
/// @param captures what is captured of its connections; null for nothing
record Wanted(
        String name,
        ServiceMaker maker,
        ServiceArguments arguments,
        @Nullable Captures captures) {

    /// The word between two services: `bowline web --path public + echo`.
    static final String AND = "+";

    /// The words of each service.
    static List<List<String>> split(List<String> words) {
        List<List<String>> all = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= words.size(); i++) {
            if (i == words.size() || words.get(i).equals(AND)) {
                all.add(words.subList(from, i));
                from = i + 1;
            }
        }
        return all;
    }

    /// A name that none of `others` has: `web`, `web-2`, `web-3` …
    static String nameAmong(List<Wanted> others, String wanted) {
        String name = wanted;
        for (int number = 2; isTaken(others, name); number++) {
            name = wanted + "-" + number;
        }
        return name;
    }

    private static boolean isTaken(List<Wanted> others, String name) {
        return others.stream().anyMatch(other -> other.name().equals(name));
    }
}
