package bowline.run;

import bowline.service.UsageError;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Picocli as we use it: words mean what they say, with nothing expanded, abbreviated or interpolated, and what is wrong
/// with them is a [UsageError].
final class CommandLines {

    private CommandLines() {}

    static CommandLine of(CommandSpec spec) {
        return new CommandLine(spec)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100);
    }

    static ParseResult parse(CommandLine commandLine, List<String> words) {
        String name = commandLine.getCommandSpec().qualifiedName();
        try {
            return commandLine.parseArgs(words.toArray(String[]::new));
        } catch (UnmatchedArgumentException unknown) {
            throw new UsageError(
                    (unknown.isUnknownOption() ? "unknown option " : "unexpected word ")
                            + unknown.getUnmatched().getFirst(),
                    suggestion(unknown.getUnmatched().getFirst(), commandLine) + name + " --help shows what there is");
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
        String near = Nearest.to(word, options);
        return near == null ? "" : "did you mean " + near + "? ";
    }

    /// Text around the options for picocli, which takes `%` there as the beginning of a format.
    static String literal(String text) {
        return text.replace("%", "%%");
    }
}
