package bowline.run;

import bowline.service.ServiceArguments;
import bowline.service.ServiceMaker;
import bowline.service.ServiceOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// A service's options in picocli's terms (RUN-8). Defaults and what must be given are [ServiceArguments]' business, so
/// that they mean the same without a command line.
final class ServiceCommand {
    private final ServiceMaker maker;

    ServiceCommand(ServiceMaker maker) {
        this.maker = maker;
    }

    /// The values of the service's options; null when `words` ask for help.
    @Nullable ServiceArguments arguments(List<String> words) {
        ParseResult given = CommandLines.parse(commandLine(), words);
        if (given.hasMatchedOption("--help")) {
            return null;
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (ServiceOption option : maker.options()) {
            String name = "--" + option.name();
            if (given.hasMatchedOption(name)) {
                values.put(option.name(), option.isFlag() ? List.of() : given.matchedOption(name).originalStringValues());
            }
        }
        return ServiceArguments.of(maker.options(), values);
    }

    CommandLine commandLine() {
        CommandSpec spec = CommandSpec.create().name("bowline " + maker.name());
        for (ServiceOption option : maker.options()) {
            spec.addOption(of(option));
        }
        spec.addOption(OptionSpec.builder("--help", "-h")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        return CommandLines.of(spec);
    }

    private static OptionSpec of(ServiceOption option) {
        OptionSpec.Builder spec = OptionSpec.builder("--" + option.name()).required(false);
        String label = option.label();
        if (label != null) {
            spec.paramLabel(label).arity("1").type(option.repeatable() ? String[].class : String.class);
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
        if (option.fallback() != null && !option.fallback().isEmpty()) {
            text.append(" Default: ").append(option.fallback()).append('.');
        }
        return text.toString();
    }
}
