package bowline.run;

import bowline.failure.Failure;
import bowline.service.Command;
import bowline.service.Example;
import bowline.service.ServiceArguments;
import bowline.service.ServiceMaker;
import bowline.service.UsageError;
import java.util.ArrayList;
import java.util.List;
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
            return show(Help.program(
                    surroundings.plugins().services(), surroundings.plugins().commands()));
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
        if (name.equals("example")) {
            return example(rest);
        }
        List<ServiceMaker> makers = surroundings.plugins().services();
        Command command = makers.stream().anyMatch(maker -> maker.name().equals(name)) ? null : command(name);
        return command == null ? services(makers, options) : new CommandRun(surroundings, command).run(rest);
    }

    private @Nullable Command command(String name) {
        return surroundings.plugins().commands().stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private int show(String text) {
        surroundings.out().print(text);
        surroundings.out().flush();
        return ExitCode.OK;
    }

    /// Several services stand one behind the other, with `+` between them.
    private int services(List<ServiceMaker> makers, GlobalOptions options) {
        List<Wanted> services = new ArrayList<>();
        for (List<String> each : Wanted.split(options.words())) {
            if (each.isEmpty()) {
                throw new UsageError("which service? There is none next to +", "bowline --help lists them");
            }
            ServiceMaker maker = named(each.getFirst(), makers);
            Given given = CommandLines.read(
                    "bowline " + maker.name(), EveryServiceOptions.with(maker), each.subList(1, each.size()), false);
            if (given.help()) {
                return show(Help.service(maker, EveryServiceOptions.with(maker)));
            }
            String authHelp = AuthHelp.asked(given);
            if (authHelp != null) {
                return show(authHelp);
            }
            var own = options.everyService().takeFrom(maker, given.values());
            TlsOption.takeFrom(maker, own);
            var captures = CaptureWords.takeFrom(maker, own);
            services.add(new Wanted(
                    Wanted.nameAmong(services, maker.name()),
                    maker,
                    ServiceArguments.of(maker.options(), own),
                    captures));
        }
        return new ServiceRun(surroundings, options).run(services);
    }

    private ServiceMaker named(String name, List<ServiceMaker> makers) {
        return makers.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknownService(name, makers));
    }

    private UsageError unknownService(String name, List<ServiceMaker> services) {
        var names = new ArrayList<>(List.of("example", "inspect", "password"));
        services.forEach(service -> names.add(service.name()));
        surroundings.plugins().commands().forEach(command -> names.add(command.name()));
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
