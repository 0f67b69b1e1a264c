package bowline.run;

import bowline.log.LogBeginner;
import bowline.log.LogObserver;
import bowline.reactor.Reactor;
import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the program finds around it, given to it so that a test can give something else.
///
/// @param out where help and, by default, the log go
/// @param err where complaints go
/// @param outIsTerminal whether a person reads `out`
/// @param plugins the services and examples there are
/// @param reactors makes a reactor by its backend's name; the empty name: the best there is
/// @param log begins the log
record Surroundings(
        PrintStream out,
        PrintStream err,
        BooleanSupplier outIsTerminal,
        Plugins plugins,
        Function<String, Reactor> reactors,
        Consumer<LogObserver> log) {

    /// Those of this process.
    static Surroundings ofProcess() {
        return new Surroundings(
                System.out,
                System.err,
                Surroundings::hasTerminal,
                Plugins.found(),
                backend -> backend.isEmpty() ? Reactor.create() : Reactor.create(backend),
                observer -> LogBeginner.global().beginLoggingTo(List.of(observer)));
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
