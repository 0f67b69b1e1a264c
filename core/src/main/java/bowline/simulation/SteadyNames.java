package bowline.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns the names that the JVM gives to objects, `Echo@42f3156d`, into such as are the same in every run: `Echo@1`.
final class SteadyNames {
    private static final Pattern NAME = Pattern.compile("(?<=[\\w$\\])])@[0-9a-f]{5,8}\\b");

    private final Map<String, Integer> numbers = new HashMap<>();

    String steady(String text) {
        if (text.indexOf('@') < 0) {
            return text;
        }
        var steady = new StringBuilder();
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            int number = numbers.computeIfAbsent(matcher.group(), _ -> numbers.size() + 1);
            matcher.appendReplacement(steady, "@" + number);
        }
        return matcher.appendTail(steady).toString();
    }
}
