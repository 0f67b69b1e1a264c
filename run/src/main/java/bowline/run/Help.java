package bowline.run;

import bowline.service.Command;
import bowline.service.Example;
import bowline.service.ServiceMaker;
import bowline.service.ServiceOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The texts of `--help` and `--version`.
final class Help {
    private static final int COLUMN_GAP = 2;

    private Help() {}

    /// What `./bowline` takes from the environment.
    private static final Map<String, String> ENVIRONMENT = environment();

    /// `bowline --help`: the options, the services and the environment, with a line each.
    static String program(List<ServiceMaker> services, List<Command> commands) {
        CommandLine commandLine = CommandLines.of("bowline", GlobalOptions.OPTIONS, true);
        Map<String, String> lines = new LinkedHashMap<>();
        services.forEach(service -> lines.put(service.name(), service.summary()));
        commands.forEach(command -> lines.put(command.name(), command.summary()));
        lines.put("inspect", InspectCommand.SUMMARY);
        lines.put("password", PasswordCommand.SUMMARY);
        lines.put("example", "Run a program to learn from; without a name, list them");
        commandLine
                .getCommandSpec()
                .usageMessage()
                .customSynopsis("bowline [options] SERVICE [options of the service] [+ SERVICE ...]")
                .description("%nRuns an Internet service until it is interrupted, or several with + between them.%n")
                .optionListHeading("Options:%n")
                .footerHeading("%nServices:%n")
                .footer(literal(table(lines)))
                .sortOptions(false);
        return commandLine.getUsageMessage() + "\nEnvironment of ./bowline:\n" + String.join("\n", table(ENVIRONMENT))
                + "\n\nbowline SERVICE --help shows the options of a service.\n";
    }

    private static Map<String, String> environment() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("JAVA_HOME", "The JDK to run on, when it is 25 or later");
        lines.put("BOWLINE_PLUGINS", "Jars or folders of jars as for --plugin-path, separated by :");
        lines.put("BOWLINE_JAVA_OPTS", "More options for the JVM, separated by spaces");
        lines.put("BOWLINE_INSPECT_DIR", "Where the sockets of bowline inspect are; a folder of mode 0700");
        lines.put("BOWLINE_BUILD", "never: run what was last built");
        return lines;
    }

    /// `bowline SERVICE --help`: what it does, its options, examples.
    static String service(ServiceMaker maker, List<ServiceOption> options) {
        CommandLine commandLine = CommandLines.of("bowline " + maker.name(), options, false);
        UsageMessageSpec usage = commandLine.getCommandSpec().usageMessage();
        usage.customSynopsis("bowline [options] " + maker.name() + " [options of the service]")
                .description("%n" + CommandLines.literal(maker.summary()) + ".%n")
                .optionListHeading("Options:%n")
                .sortOptions(false);
        showExamples(usage, maker.examples());
        return commandLine.getUsageMessage() + "\nbowline --help shows the options for logging and the like.\n";
    }

    /// `bowline COMMAND --help`, of one that has others below it.
    ///
    /// @param name the words that lead to it
    static String group(Command command, String name) {
        Map<String, String> lines = new LinkedHashMap<>();
        command.commands()
                .forEach(each -> lines.put((each.name() + " " + each.words()).stripTrailing(), each.summary()));
        String examples =
                command.examples().isEmpty() ? "" : "\nExamples:\n  " + String.join("\n  ", command.examples()) + "\n";
        return name + " COMMAND\n\n" + command.summary() + ".\n\nCommands:\n" + String.join("\n", table(lines)) + "\n"
                + examples + "\n" + name + " COMMAND --help shows the options of one.\n";
    }

    /// `bowline COMMAND --help`, of one that is no service.
    ///
    /// @param name the words that lead to it
    static String command(Command command, String name) {
        CommandLine commandLine = CommandLines.of(name, command.options(), false);
        UsageMessageSpec usage = commandLine.getCommandSpec().usageMessage();
        usage.customSynopsis((name + " " + command.words()).stripTrailing() + " [options of the command]")
                .description("%n" + CommandLines.literal(command.summary()) + ".%n")
                .optionListHeading("Options:%n")
                .sortOptions(false);
        showExamples(usage, command.examples());
        return commandLine.getUsageMessage();
    }

    private static void showExamples(UsageMessageSpec usage, List<String> examples) {
        if (!examples.isEmpty()) {
            usage.footerHeading("%nExamples:%n")
                    .footer(examples.stream()
                            .map(example -> "  " + CommandLines.literal(example))
                            .toArray(String[]::new));
        }
    }

    /// `bowline example`: the examples, with a line each.
    static String examples(List<Example> examples) {
        if (examples.isEmpty()) {
            return "There are no examples here; they come with the module bowline.examples.\n";
        }
        Map<String, String> lines = new LinkedHashMap<>();
        examples.forEach(example -> lines.put(example.name(), example.summary()));
        return "Examples:\n" + String.join("\n", table(lines)) + "\n\nbowline example NAME [ARGUMENTS] runs one.\n";
    }

    /// `bowline --version`.
    static String version() {
        String version = Help.class.getModule().isNamed()
                ? String.valueOf(
                        Help.class.getModule().getDescriptor().rawVersion().orElse("(unpackaged)"))
                : String.valueOf(Help.class.getPackage().getImplementationVersion());
        return "bowline " + (version.equals("null") ? "(unpackaged)" : version) + ", Java " + Runtime.version() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

    private static String[] table(Map<String, String> lines) {
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0) + COLUMN_GAP;
        var rows = new ArrayList<String>();
        lines.forEach((name, text) -> rows.add("  " + name + " ".repeat(width - name.length()) + text));
        return rows.toArray(String[]::new);
    }

    private static String[] literal(String[] lines) {
        for (int i = 0; i < lines.length; i++) {
            lines[i] = CommandLines.literal(lines[i]);
        }
        return lines;
    }
}
