package bowline.run;

import bowline.log.LogBeginner;
import bowline.log.LogObserver;
import bowline.log.Logger;
import bowline.reactor.BackendChoice;
import bowline.reactor.ReactorGroup;
import bowline.reactor.ReactorProvider;
import bowline.reactor.inspect.InspectFolder;
import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the program finds around it, given to it so that a test can give something else.
///
/// @param out where help and, by default, the log go
/// @param err where complaints go
/// @param outIsTerminal whether a person reads `out`
/// @param plugins the services and examples there are
/// @param reactors makes the reactors
/// @param log begins the log
/// @param inspectFolders where the sockets of `bowline inspect` may be; empty: there are to be none
/// @param environment the variables that the program was started with
/// @param command the words by which it can be started again; none where it cannot
record Surroundings(
        PrintStream out,
        PrintStream err,
        BooleanSupplier outIsTerminal,
        Plugins plugins,
        Reactors reactors,
        Consumer<LogObserver> log,
        List<InspectFolder> inspectFolders,
        Map<String, String> environment,
        List<String> command) {

    /// Makes so many reactors of a backend by its name; the empty name: the best there is.
    @FunctionalInterface
    interface Reactors {
        /// Of the backends that are there; the log is told which, and why.
        Reactors FOUND = (backend, count) -> {
            BackendChoice choice = backend.isEmpty()
                    ? BackendChoice.best()
                    : new BackendChoice(ReactorProvider.named(backend), " (--reactor)");
            Logger.of(Surroundings.class)
                    .info("reactor backend {backend}{why}", choice.provider().name(), choice.why());
            return ReactorGroup.create(choice.provider(), count);
        };

        ReactorGroup make(String backend, int count);
    }

    /// Those of this process.
    ///
    /// @param words its arguments
    static Surroundings ofProcess(List<String> words) {
        return new Surroundings(
                System.out,
                System.err,
                Surroundings::hasTerminal,
                Plugins.found(),
                Reactors.FOUND,
                observer -> LogBeginner.global().beginLoggingTo(List.of(observer)),
                InspectFolder.usual(),
                System.getenv(),
                OwnCommand.of(words));
    }

    /// Where a person can type a secret, or null when the input is a file or a pipe.
    @SuppressWarnings("SystemConsoleNull") // which JDKs answer null, and when, has changed twice
    @Nullable
    Console terminalForTyping() {
        Console console = System.console();
        return console != null && console.isTerminal() ? console : null;
    }

    @SuppressWarnings("SystemConsoleNull") // which JDKs answer null, and when, has changed twice
    private static boolean hasTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
