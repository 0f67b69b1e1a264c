package bowline.run;

import java.util.ArrayList;
import java.util.List;

/// Cuts a line into words as a shell does, but no more than that: words are separated by blanks; between `'` and `'`
/// everything stands for itself; between `"` and `"` so does all but `\"` and `\\`; elsewhere `\` takes the next
/// character as it is. Nothing is expanded: `$HOME` and `*` are those characters.
final class CommandWords {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;
    private int at;

    private CommandWords(String line) {
        this.line = line;
    }

    /// The words of `line`.
    ///
    /// @throws IllegalArgumentException if a quote is not closed, or the line ends in `\`
    static List<String> of(String line) {
        return new CommandWords(line).split();
    }

    private List<String> split() {
        while (at < line.length()) {
            char c = line.charAt(at++);
            switch (c) {
                case ' ', '\t' -> endWord();
                case '\'' -> quoted('\'');
                case '"' -> quoted('"');
                case '\\' -> append(next("ends in \\, which takes the next character as it is"));
                default -> append(c);
            }
        }
        endWord();
        return words;
    }

    private void quoted(char quote) {
        int opened = at;
        String unclosed = "has no closing " + quote + " for the one at column " + opened;
        begun = true;
        for (char c = next(unclosed); c != quote; c = next(unclosed)) {
            boolean escaped = quote == '"' && c == '\\' && at < line.length() && "\"\\".indexOf(line.charAt(at)) >= 0;
            append(escaped ? next(unclosed) : c);
        }
    }

    private char next(String complaint) {
        if (at == line.length()) {
            throw new IllegalArgumentException(complaint);
        }
        return line.charAt(at++);
    }

    private void append(char c) {
        begun = true;
        word.append(c);
    }

    private void endWord() {
        if (begun) {
            words.add(word.toString());
            word.setLength(0);
            begun = false;
        }
    }
}
