package bowline.run;

import bowline.service.Command;
import bowline.service.ServiceArguments;
import bowline.service.UsageError;
import java.util.ArrayList;
import java.util.List;

/// One command that is no service, from words to exit code. Its own words may stand before its options or behind them.
final class CommandRun {
    private final Surroundings surroundings;
    private final Command command;
    private final String name;

    CommandRun(Surroundings surroundings, Command command) {
        this(surroundings, command, "bowline " + command.name());
    }

    private CommandRun(Surroundings surroundings, Command command, String name) {
        this.surroundings = surroundings;
        this.command = command;
        this.name = name;
    }

    int run(List<String> words) throws Exception {
        return command.commands().isEmpty() ? obey(words) : below(words);
    }

    private int below(List<String> words) throws Exception {
        if (words.isEmpty()) {
            throw new UsageError(name + " needs to know what to do", name + " --help lists what it can");
        }
        String word = words.getFirst();
        if (word.equals("--help") || word.equals("-h")) {
            surroundings.out().print(Help.group(command, name));
            return ExitCode.OK;
        }
        Command wanted = command.commands().stream()
                .filter(each -> each.name().equals(word))
                .findFirst()
                .orElseThrow(() -> unknown(word));
        return new CommandRun(surroundings, wanted, name + " " + word).run(words.subList(1, words.size()));
    }

    private UsageError unknown(String word) {
        String near =
                Nearest.to(word, command.commands().stream().map(Command::name).toList());
        return new UsageError(
                name + " has no command \"" + word + "\"",
                (near == null ? "" : "did you mean " + near + "? ") + name + " --help lists what there is");
    }

    private int obey(List<String> words) throws Exception {
        int options = 0;
        while (options < words.size() && !words.get(options).startsWith("-")) {
            options++;
        }
        Given given = CommandLines.read(name, command.options(), words.subList(options, words.size()), true);
        if (given.help()) {
            surroundings.out().print(Help.command(command, name));
            return ExitCode.OK;
        }
        var own = new ArrayList<>(words.subList(0, options));
        own.addAll(given.rest());
        ServiceArguments arguments = ServiceArguments.of(command.options(), given.values());
        return command.run(arguments, List.copyOf(own), surroundings.out(), surroundings.err());
    }
}
