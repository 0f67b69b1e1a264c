package bowline.service;

import java.io.PrintStream;
import java.util.List;

/// A command that is no service: `bowline NAME …` does something and ends. Found by `ServiceLoader`, as a
/// [ServiceMaker] is; its constructor must do nothing. A service of the same name goes first.
public interface Command {

    /// The word on the command line: lower-case letters, digits and dashes.
    String name();

    /// What it does, in one line without a full stop.
    String summary();

    /// What its words are, for the help, as in `TARGET`; empty if it takes none.
    default String words() {
        return "";
    }

    /// The commands below this one: the word behind its name says which. Who has some is nothing but their
    /// name: it has no options of its own and is never run.
    default List<Command> commands() {
        return List.of();
    }

    /// The options it understands, in the order of the help.
    default List<ServiceOption> options() {
        return List.of();
    }

    /// Whole command lines for the help, each with what it does after `#`.
    default List<String> examples() {
        return List.of();
    }

    /// Does it, on the thread that calls, and answers the exit code of the process: 0 when all went well.
    ///
    /// @param words those that belong to no option
    /// @throws UsageError if the words or a value cannot be used
    int run(ServiceArguments arguments, List<String> words, PrintStream out, PrintStream err) throws Exception;
}
