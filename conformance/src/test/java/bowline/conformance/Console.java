package bowline.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.junit.Program;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Does what a block of the guide shows at a console, and sees whether it says what the block says.
///
///     $ nc 127.0.0.1 8000       a connection; other commands go to the shell
///     > ahoy                    is typed, `> ^D` ends what is typed
///     ahoy                      comes back
///     $                         the other side has closed
///     $ server &                runs on until the block ends
final class Console implements AutoCloseable {
    private static final String PROMPT = "$";
    private static final String TYPED = "> ";
    private static final Pattern ADDRESS = Pattern.compile("//(127\\.0\\.0\\.1):(\\d+)");

    private final GuideChapter chapter;
    private final Deque<String> lines;
    private final List<Program> behind = new ArrayList<>();

    Console(GuideChapter chapter, MarkdownBlock block) {
        this.chapter = chapter;
        this.lines = new ArrayDeque<>(block.text().lines().toList());
    }

    /// Performs all of it.
    void perform() throws Exception {
        while (!lines.isEmpty()) {
            String line = lines.remove();
            assertTrue(line.startsWith(PROMPT), "expected a command, and not: " + line);
            String command = line.substring(PROMPT.length()).strip();
            if (command.startsWith("nc ")) {
                connect(command.split(" +"));
            } else if (!command.isEmpty()) {
                shell(command);
            }
        }
    }

    private void connect(String[] words) throws Exception {
        assertEquals(3, words.length, "nc HOST PORT");
        try (var conversation = new Conversation(words[1], Integer.parseInt(words[2]))) {
            while (!atPrompt()) {
                String line = lines.remove();
                if (line.equals(TYPED + "^D")) {
                    conversation.end();
                } else if (line.startsWith(TYPED)) {
                    conversation.type(line.substring(TYPED.length()));
                } else {
                    conversation.expect(line);
                }
            }
            if (!lines.isEmpty() && lines.peek().equals(PROMPT)) {
                conversation.expectClosed();
            }
        }
    }

    private void shell(String command) throws Exception {
        if (command.endsWith("&")) {
            behind.add(start(command.substring(0, command.length() - 1)));
            return;
        }
        if (command.startsWith("curl ")) {
            awaitServer(command);
        }
        var shown = new StringBuilder();
        while (!atPrompt()) {
            shown.append(lines.remove()).append('\n');
        }
        try (Program program = start(command)) {
            String printed = String.join("\n", program.rest()) + "\n";
            assertTrue(
                    new Expected(shown.toString()).fits(printed.equals("\n") ? "" : printed),
                    () -> "$ " + command + "\nprinted\n" + printed + "and not\n" + shown);
        }
    }

    /// `nc` here waits for a program that is still starting; curl would not.
    private static void awaitServer(String command) throws IOException {
        Foreign.require("curl");
        Matcher address = ADDRESS.matcher(command);
        assertTrue(address.find(), "curl with an address of this machine");
        Conversation.awaitListening(address.group(1), Integer.parseInt(address.group(2)));
    }

    private Program start(String command) throws IOException {
        return Program.command(List.of(
                "env",
                "BOWLINE_BUILD=never",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "sh",
                "-c",
                "cd '%s'; exec %s".formatted(chapter.folder(), here(command))));
    }

    /// The command as it is meant in the checkout, run in the chapter's folder.
    private String here(String command) {
        String home = Checkout.folder().toString();
        String jdk = System.getProperty("java.home") + "/bin/";
        String tool = command.matches("(java|javac|jar) .*") ? jdk + command : command;
        return tool.replace("./bowline ", home + "/bowline ")
                .replace("launcher/target/lib", home + "/launcher/target/lib");
    }

    private boolean atPrompt() {
        return lines.isEmpty() || lines.peek().startsWith(PROMPT);
    }

    @Override
    public void close() {
        behind.forEach(Program::close);
    }
}
