package bowline.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A fenced block of a Markdown page: its language, the word behind it (a file's name), its text, and where it begins.
record MarkdownBlock(String language, String label, String text, int line) {
    private static final String FENCE = "```";

    /// All blocks of a page, in order. A block that is never closed is a mistake of the page.
    static List<MarkdownBlock> of(Path page) throws IOException {
        var blocks = new ArrayList<MarkdownBlock>();
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int end = closing(lines, i, page);
                blocks.add(block(lines.get(i), lines.subList(i + 1, end), i + 1));
                i = end;
            }
        }
        return blocks;
    }

    /// Those in Java.
    static List<MarkdownBlock> java(Path page) throws IOException {
        return of(page).stream().filter(block -> block.language.equals("java")).toList();
    }

    private static int closing(List<String> lines, int opening, Path page) {
        for (int i = opening + 1; i < lines.size(); i++) {
            if (lines.get(i).equals(FENCE)) {
                return i;
            }
        }
        throw new AssertionError(page + ":" + (opening + 1) + ": this block is never closed");
    }

    private static MarkdownBlock block(String opening, List<String> lines, int line) {
        String info = opening.substring(FENCE.length()).strip();
        int blank = info.indexOf(' ');
        String language = blank < 0 ? info : info.substring(0, blank);
        String label = blank < 0 ? "" : info.substring(blank).strip();
        String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
        return new MarkdownBlock(language, label, text, line);
    }
}
