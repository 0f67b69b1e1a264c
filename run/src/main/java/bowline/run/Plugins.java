package bowline.run;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.service.Command;
import bowline.service.Example;
import bowline.service.ExampleCatalog;
import bowline.service.ServiceMaker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The services, commands and examples that are there; a broken one is logged and skipped (RUN-9). Nothing is
/// looked for before it is asked for.
///
/// @param makers finds the services
/// @param catalogs finds the examples
/// @param orders finds the commands that are no services
record Plugins(
        Supplier<Iterator<ServiceMaker>> makers,
        Supplier<Iterator<ExampleCatalog>> catalogs,
        Supplier<Iterator<Command>> orders) {
    private static final Logger log = Logger.of(Plugins.class);

    /// Most plug-ins of one kind that may fail to load, so that a loader that never ends cannot keep us.
    static final int BROKEN_MAX = 20;

    /// Those on the module path and the class path.
    static Plugins found() {
        return new Plugins(
                () -> ServiceLoader.load(ServiceMaker.class).iterator(),
                () -> ServiceLoader.load(ExampleCatalog.class).iterator(),
                () -> ServiceLoader.load(Command.class).iterator());
    }

    /// The services, by name.
    List<ServiceMaker> services() {
        List<ServiceMaker> services =
                whole(ServiceMaker.class, makers.get(), maker -> !maker.name().isEmpty());
        services.sort(Comparator.comparing(ServiceMaker::name));
        return services;
    }

    /// The commands, by name.
    List<Command> commands() {
        List<Command> commands =
                whole(Command.class, orders.get(), command -> !command.name().isEmpty());
        commands.sort(Comparator.comparing(Command::name));
        return commands;
    }

    /// The examples, in the order of their catalogs.
    List<Example> examples() {
        var examples = new ArrayList<Example>();
        whole(
                        ExampleCatalog.class,
                        catalogs.get(),
                        catalog -> !catalog.examples().isEmpty())
                .forEach(catalog -> examples.addAll(catalog.examples()));
        return examples;
    }

    /// All that load, answer a first question, and are worth showing by it.
    private static <S> List<S> whole(Class<S> service, Iterator<S> providers, Predicate<S> question) {
        var all = new ArrayList<S>();
        for (int broken = 0; broken < BROKEN_MAX; ) {
            S provider = null;
            try {
                if (!providers.hasNext()) {
                    return all;
                }
                provider = providers.next();
                if (question.test(provider)) {
                    all.add(provider);
                }
            } catch (ServiceConfigurationError | RuntimeException | LinkageError fault) {
                broken++;
                leftOut(fault, provider == null ? BrokenPlugin.by(fault, service) : BrokenPlugin.of(provider));
            }
        }
        return all;
    }

    /// In one line, for it is told whatever was asked for; the trace is for those who look for it.
    private static void leftOut(Throwable fault, BrokenPlugin broken) {
        log.critical(
                "the plug-in {plugin} in {place} does not load and is left out: {reason}; repair the jar, or take it away",
                broken.name(),
                broken.place(),
                BrokenPlugin.reason(fault));
        log.debug("its trace: {trace}", Failure.of(fault).traceback(Failure.Detail.DEFAULT));
    }
}
