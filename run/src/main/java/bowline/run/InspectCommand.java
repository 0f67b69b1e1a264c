package bowline.run;

import bowline.failure.Failure;
import bowline.reactor.inspect.InspectFolder;
import bowline.reactor.inspect.Inspection;
import bowline.reactor.inspect.NotInspectable;
import bowline.reactor.inspect.Question;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `bowline inspect [PID]`: what a process of Bowline does and waits for, or which processes there are.
final class InspectCommand {
    static final String SUMMARY = "Ask a running bowline what it waits for; without a number, list those that run";

    private static final String COMMAND = "bowline inspect";
    private static final String JSON = "json";
    private static final String METRICS = "metrics";
    private static final List<ServiceOption> OPTIONS = List.of(
            ServiceOption.flag(JSON, "Answer as JSON"),
            ServiceOption.flag(METRICS, "Counters and gauges in the format of Prometheus"));

    private final PrintStream out;
    private final List<InspectFolder> folders;

    InspectCommand(PrintStream out, List<InspectFolder> folders) {
        this.out = out;
        this.folders = folders;
    }

    int run(List<String> words) {
        Given given = CommandLines.read(COMMAND, OPTIONS, words, true);
        if (given.help()) {
            out.print(help());
            return ExitCode.OK;
        }
        Set<String> flags = new HashSet<>(given.values().keySet());
        if (given.rest().size() > 1) {
            List<String> behind = given.rest().subList(1, given.rest().size());
            flags.addAll(
                    CommandLines.read(COMMAND, OPTIONS, behind, false).values().keySet());
        }
        Question question = question(flags);
        try {
            if (!given.rest().isEmpty()) {
                out.print(new Inspection(folders).ask(pid(given.rest().getFirst()), question));
            } else if (question == Question.TEXT) {
                list(new Inspection(folders).processes());
            } else {
                throw new UsageError("which process?", COMMAND + " lists those that run");
            }
        } catch (NotInspectable refused) {
            throw new Refusal(ExitCode.UNAVAILABLE, Failure.of(refused).message(), refused);
        } catch (IOException broken) {
            throw new Refusal(ExitCode.IO, Failure.of(broken).message(), broken);
        }
        out.flush();
        return ExitCode.OK;
    }

    private static Question question(Set<String> flags) {
        if (flags.contains(JSON) && flags.contains(METRICS)) {
            throw new UsageError("--json and --metrics are two answers", "ask for one at a time");
        }
        if (flags.contains(METRICS)) {
            return Question.METRICS;
        }
        return flags.contains(JSON) ? Question.JSON : Question.TEXT;
    }

    private static long pid(String word) {
        try {
            long pid = Long.parseLong(word);
            if (pid > 0) {
                return pid;
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw new UsageError("\"" + word + "\" is not the number of a process", COMMAND + " lists those that run");
    }

    private void list(Map<Long, String> processes) {
        if (processes.isEmpty()) {
            out.println("No bowline of yours runs that could be asked.");
        }
        processes.forEach((pid, who) -> out.println(pid + "  " + who));
    }

    private static String help() {
        return COMMAND + " [--json | --metrics] [PID]\n\n" + SUMMARY + ".\n\n"
                + "  bowline inspect                  # which there are\n"
                + "  bowline inspect 4711             # ports, connections, timers, coroutines ... of that one\n"
                + "  bowline inspect 4711 --json      # the same for programs\n"
                + "  bowline inspect 4711 --metrics   # what it has counted\n"
                + "  kill -USR1 4711                  # has it written to its log\n\n"
                + "A process answers its own user alone, by a socket in $" + InspectFolder.VARIABLE
                + ", $XDG_RUNTIME_DIR/bowline\nor bowline-USER in the folder for temporary files.\n";
    }
}
