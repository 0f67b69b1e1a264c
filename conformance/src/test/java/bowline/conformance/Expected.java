package bowline.conformance;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A text of which some varies: `…` stands for any characters, on a line of its own for any lines.
record Expected(String text) {
    private static final String ANY = "…";

    boolean fits(String actual) {
        return pattern().matcher(actual).matches();
    }

    private Pattern pattern() {
        String regex = Stream.of(text.split(ANY, -1)).map(Pattern::quote).collect(Collectors.joining(".*?"));
        return Pattern.compile(regex, Pattern.DOTALL);
    }
}
