package bowline.run;

import bowline.service.ServiceOption;
import bowline.service.UsageError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Picocli as we use it: words mean what they say, with nothing expanded, abbreviated or interpolated, and
/// what is wrong with them is a [UsageError] (RUN-8). Defaults and what must be given are the business of
/// [bowline.service.ServiceArguments], so that they mean the same without a command line.
final class CommandLines {
    private static final String HELP = "--help";

    private CommandLines() {}

    /// What `words` say to a command with these options.
    ///
    /// @param stopsAtWord whether the first word that is no option ends the options; else such a word is an error
    static Given read(String command, List<ServiceOption> options, List<String> words, boolean stopsAtWord) {
        Given plain = PlainWords.read(options, words, stopsAtWord);
        return plain != null ? plain : parse(of(command, options, stopsAtWord), options, words);
    }

    /// The command in picocli's terms.
    static CommandLine of(String command, List<ServiceOption> options, boolean stopsAtWord) {
        CommandSpec spec = CommandSpec.create().name(command);
        options.forEach(option -> spec.addOption(of(option)));
        spec.addOption(OptionSpec.builder(HELP, "-h")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        if (stopsAtWord) {
            spec.addPositional(PositionalParamSpec.builder()
                    .index("0..*")
                    .arity("0..*")
                    .type(String[].class)
                    .hidden(true)
                    .build());
        }
        return new CommandLine(spec)
                .setStopAtPositional(stopsAtWord)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100);
    }

    private static OptionSpec of(ServiceOption option) {
        OptionSpec.Builder spec = OptionSpec.builder("--" + option.name()).required(false);
        String label = option.label();
        if (label == null) {
            spec.arity("0").type(boolean.class);
        } else {
            spec.arity("1").paramLabel(label).type(option.repeatable() ? String[].class : String.class);
        }
        return spec.description(description(option)).build();
    }

    private static String description(ServiceOption option) {
        var text = new StringBuilder(option.description());
        if (!option.description().endsWith(".")) {
            text.append('.');
        }
        if (option.required()) {
            text.append(" Must be given.");
        }
        if (option.repeatable()) {
            text.append(" May be given more than once.");
        }
        String fallback = option.fallback();
        if (fallback != null && !fallback.isEmpty()) {
            text.append(" Default: ").append(fallback).append('.');
        }
        return text.toString();
    }

    static Given parse(CommandLine commandLine, List<ServiceOption> options, List<String> words) {
        ParseResult found = parse(commandLine, words);
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (ServiceOption option : options) {
            String name = "--" + option.name();
            if (found.hasMatchedOption(name)) {
                values.put(
                        option.name(),
                        option.isFlag() ? List.of() : found.matchedOption(name).originalStringValues());
            }
        }
        List<String> rest =
                found.hasMatchedPositional(0) ? List.of(found.matchedPositionalValue(0, new String[0])) : List.of();
        return new Given(values, found.hasMatchedOption(HELP), rest);
    }

    private static ParseResult parse(CommandLine commandLine, List<String> words) {
        String name = commandLine.getCommandSpec().name();
        try {
            return commandLine.parseArgs(words.toArray(String[]::new));
        } catch (UnmatchedArgumentException unknown) {
            String word = unknown.getUnmatched().getFirst();
            throw new UsageError(
                    (unknown.isUnknownOption() ? "unknown option " : "unexpected word ") + word,
                    suggestion(word, commandLine) + name + " --help shows what there is");
        } catch (OverwrittenOptionException repeated) {
            String option = ((OptionSpec) repeated.getOverwritten()).longestName();
            throw new UsageError(option + " is given more than once", "give it once");
        } catch (MissingParameterException missing) {
            String option = ((OptionSpec) missing.getMissing().getFirst()).longestName();
            throw new UsageError(option + " needs a value", name + " --help shows what to write");
        } catch (ParameterException other) {
            throw new UsageError(String.valueOf(other.getMessage()), name + " --help shows what to write");
        }
    }

    private static String suggestion(String word, CommandLine commandLine) {
        List<String> options = commandLine.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .toList();
        @Nullable String near = Nearest.to(word, options);
        return near == null ? "" : "did you mean " + near + "? ";
    }

    /// Text around the options for picocli, which takes `%` there as the beginning of a format.
    static String literal(String text) {
        return text.replace("%", "%%");
    }
}
