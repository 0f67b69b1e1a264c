package bowline.run;

import bowline.failure.Failure;
import bowline.service.Example;
import bowline.service.ServiceArguments;
import bowline.service.ServiceMaker;
import bowline.service.UsageError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The program behind the command line, without the process around it: from words to exit code (RUN-1 to RUN-3).
/// A fault of the user is told in one line and an advice; only a fault of ours shows a trace.
final class Bowline {
    private final Surroundings surroundings;

    Bowline(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    int run(List<String> words) {
        try {
            return obey(GlobalOptions.parse(words));
        } catch (UsageError error) {
            complain(String.valueOf(error.getMessage()));
            surroundings.err().println("  " + error.advice());
            return ExitCode.USAGE;
        } catch (Refusal refusal) {
            complain(String.valueOf(refusal.getMessage()));
            return refusal.exitCode();
        } catch (Exception mistake) {
            complain("this is a mistake in the program, please report it:");
            surroundings.err().print(Failure.of(mistake).traceback(Failure.Detail.DEFAULT));
            return ExitCode.SOFTWARE;
        }
    }

    private void complain(String message) {
        surroundings.err().println("bowline: " + message);
    }

    private int obey(GlobalOptions options) throws Exception {
        if (options.version()) {
            return show(Help.version() + "\n");
        }
        if (options.help()) {
            return show(Help.program(surroundings.plugins().services()));
        }
        if (options.words().isEmpty()) {
            throw new UsageError("which service?", "bowline --help lists them");
        }
        String name = options.words().getFirst();
        List<String> rest = options.words().subList(1, options.words().size());
        if (name.equals("password")) {
            return new PasswordCommand(System.in, surroundings.out(), surroundings.terminalForTyping()).run(rest);
        }
        if (name.equals("inspect")) {
            return new InspectCommand(surroundings.out(), surroundings.inspectFolders()).run(rest);
        }
        return name.equals("example") ? example(rest) : services(options.words(), options);
    }

    private int show(String text) {
        surroundings.out().print(text);
        surroundings.out().flush();
        return ExitCode.OK;
    }

    /// Several services stand one behind the other, with `+` between them.
    private int services(List<String> words, GlobalOptions options) {
        List<ServiceMaker> makers = surroundings.plugins().services();
        List<Wanted> services = new ArrayList<>();
        for (List<String> each : Wanted.split(words)) {
            if (each.isEmpty()) {
                throw new UsageError("which service? There is none next to +", "bowline --help lists them");
            }
            ServiceMaker maker = named(each.getFirst(), makers);
            Given given = CommandLines.read(
                    "bowline " + maker.name(), CommonOptions.with(maker), each.subList(1, each.size()), false);
            if (given.help()) {
                return show(Help.service(maker, CommonOptions.with(maker)));
            }
            String authHelp = AuthHelp.asked(given);
            if (authHelp != null) {
                return show(authHelp);
            }
            services.add(new Wanted(
                    Wanted.nameAmong(services, maker.name()),
                    maker,
                    ServiceArguments.of(maker.options(), options.common().takeFrom(maker, given.values()))));
        }
        return new ServiceRun(surroundings, options).run(services);
    }

    private static ServiceMaker named(String name, List<ServiceMaker> makers) {
        return makers.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknownService(name, makers));
    }

    private static UsageError unknownService(String name, List<ServiceMaker> services) {
        List<String> names = Stream.concat(
                        services.stream().map(ServiceMaker::name), Stream.of("example", "inspect", "password"))
                .toList();
        return unknown("service", name, names, "bowline --help");
    }

    private int example(List<String> words) throws Exception {
        List<Example> examples = surroundings.plugins().examples();
        if (words.isEmpty()
                || words.getFirst().equals("--help")
                || words.getFirst().equals("-h")) {
            return show(Help.examples(examples));
        }
        String name = words.getFirst();
        Example wanted = examples.stream()
                .filter(example -> example.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(
                        "example", name, examples.stream().map(Example::name).toList(), "bowline example"));
        wanted.main().run(words.subList(1, words.size()).toArray(String[]::new));
        return ExitCode.OK;
    }

    private static UsageError unknown(String kind, String name, List<String> names, String list) {
        @Nullable String near = Nearest.to(name, names);
        return new UsageError(
                "there is no " + kind + " \"" + name + "\"",
                (near == null ? "" : "did you mean " + near + "? ") + list + " lists what there is");
    }
}
