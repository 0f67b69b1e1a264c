package bowline.process;

import bowline.simulation.child.ProcessTable;
import bowline.simulation.child.SimulatedChild;
import bowline.simulation.reactor.LoneHost;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// The programs of the contracts as scripts: as much of each as the contracts use.
final class PlayedPrograms {
    private static final int PIECE_BYTES = 16_384;

    private PlayedPrograms() {}

    /// A simulated reactor on a host that has them.
    static LiveLoop loop() {
        var reactor = LoneHost.reactor();
        install(reactor.platform().processes());
        return new LiveLoop(reactor);
    }

    static void install(ProcessTable programs) {
        programs.program("true", child -> child.exit(0));
        programs.program("cat", PlayedPrograms::cat);
        programs.program("head", child -> {
            child.out(ByteBuffer.allocate(Integer.parseInt(child.command().get(2))));
            child.exit(0);
        });
        programs.program("sleep", child -> sleep(child, child.command().get(1)));
        programs.program("echo", child -> {
            child.out(String.join(" ", arguments(child)) + "\n");
            child.exit(0);
        });
        programs.program("printf", child -> {
            child.out(arguments(child).stream()
                    .skip(1)
                    .map(word -> child.command().get(1).replace("%s", word))
                    .collect(Collectors.joining()));
            child.exit(0);
        });
        programs.program("env", child -> {
            child.environment().forEach((name, value) -> child.out(name + "=" + value + "\n"));
            child.exit(0);
        });
        programs.program("pwd", child -> {
            child.out(child.directory() + "\n");
            child.exit(0);
        });
        programs.program(
                "sh", child -> shell(child, List.of(child.command().get(2).split("; *", -1))));
    }

    private static List<String> arguments(SimulatedChild child) {
        return child.command().subList(1, child.command().size());
    }

    private static void cat(SimulatedChild child) {
        if (child.command().contains("/dev/zero")) {
            child.onWritten(() -> child.out(ByteBuffer.allocate(PIECE_BYTES)));
            child.out(ByteBuffer.allocate(PIECE_BYTES));
            return;
        }
        child.onInput(child::out);
        child.onInputEnd(() -> child.exit(0));
    }

    private static void sleep(SimulatedChild child, String seconds) {
        child.after(Duration.ofMillis((long) (1000 * Double.parseDouble(seconds))), () -> child.exit(0));
    }

    /// Does one command after the other.
    private static void shell(SimulatedChild child, List<String> commands) {
        if (commands.isEmpty()) {
            child.exit(0);
            return;
        }
        List<String> words = List.of(commands.getFirst().split(" ", -1));
        List<String> rest = commands.subList(1, commands.size());
        switch (words.getFirst()) {
            case "echo" -> {
                echo(child, commands.getFirst().substring("echo ".length()));
                shell(child, rest);
            }
            case "exit" -> child.exit(Integer.parseInt(words.get(1)));
            case "kill" -> child.die(words.get(1).substring(1));
            case "sleep" ->
                child.after(
                        Duration.ofMillis((long) (1000 * Double.parseDouble(words.get(1)))), () -> shell(child, rest));
            case "cat" -> {
                child.onInput(words.contains(">/dev/null") ? PlayedPrograms::skip : child::out);
                child.onInputEnd(() -> shell(child, rest));
            }
            case "read" -> child.onLine(line -> shell(child, rest));
            case "test" -> child.exit(7); // the one test there is comes true
            case "exec" -> exec(child, words, rest);
            default -> throw new IllegalArgumentException("the played shell does not know " + words);
        }
    }

    private static void exec(SimulatedChild child, List<String> words, List<String> rest) {
        if (words.get(1).equals("sleep")) {
            sleep(child, words.get(2));
        } else {
            child.closeInput();
            shell(child, rest);
        }
    }

    private static void echo(SimulatedChild child, String text) {
        if (text.endsWith(" >&2")) {
            child.err(text.substring(0, text.length() - " >&2".length()) + "\n");
        } else {
            child.out(text + "\n");
        }
    }

    private static void skip(ByteBuffer unread) {
        unread.position(unread.limit());
    }
}
