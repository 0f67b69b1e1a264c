package bowline.run;

import bowline.service.Command;
import bowline.service.ServiceArguments;
import java.util.ArrayList;
import java.util.List;

/// One command that is no service, from words to exit code. Its own words may stand before its options or behind them.
final class CommandRun {
    private final Surroundings surroundings;
    private final Command command;

    CommandRun(Surroundings surroundings, Command command) {
        this.surroundings = surroundings;
        this.command = command;
    }

    int run(List<String> words) throws Exception {
        int options = 0;
        while (options < words.size() && !words.get(options).startsWith("-")) {
            options++;
        }
        Given given = CommandLines.read(
                "bowline " + command.name(), command.options(), words.subList(options, words.size()), true);
        if (given.help()) {
            surroundings.out().print(Help.command(command));
            return ExitCode.OK;
        }
        var own = new ArrayList<>(words.subList(0, options));
        own.addAll(given.rest());
        ServiceArguments arguments = ServiceArguments.of(command.options(), given.values());
        return command.run(arguments, List.copyOf(own), surroundings.out(), surroundings.err());
    }
}
