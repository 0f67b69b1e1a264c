package bowline.process;

import bowline.log.Logger;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Sends signals to a child (PRC-13): two the JDK can send, the others the system's `kill` program.
///
/// Between the check that the child lives and the moment that `kill` acts, the child may end, and in theory
/// its number be given to another process; systems do not reuse numbers that soon.
final class ChildSignal {
    private static final Logger log = Logger.of(ChildSignal.class);
    private static final int MAX_NUMBER = 64;
    private static final Set<String> NAMES = Set.of(
            "HUP", "INT", "QUIT", "ABRT", "KILL", "USR1", "USR2", "PIPE", "ALRM", "TERM", "CONT", "STOP", "TSTP",
            "WINCH");
    private static final List<Path> KILL_PROGRAMS = List.of(Path.of("/bin/kill"), Path.of("/usr/bin/kill"));

    private ChildSignal() {}

    /// The name of a signal without `SIG`, in capitals.
    ///
    /// @throws IllegalArgumentException if there is no such signal
    static String plain(String name) {
        String plain = name.toUpperCase(Locale.ROOT);
        plain = plain.startsWith("SIG") ? plain.substring("SIG".length()) : plain;
        if (!NAMES.contains(plain)) {
            throw new IllegalArgumentException("no signal \"" + name + "\"; there are "
                    + NAMES.stream().sorted().toList());
        }
        return plain;
    }

    /// @throws IllegalArgumentException if there is no such signal
    static int checked(int number) {
        if (number < 1 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("no signal " + number + "; there are 1 to " + MAX_NUMBER);
        }
        return number;
    }

    static void send(ProcessHandle child, String plain) {
        switch (plain) {
            case "KILL" -> child.destroyForcibly();
            case "TERM" -> terminate(child);
            default -> kill(child, plain);
        }
    }

    static void send(ProcessHandle child, int number) {
        switch (number) {
            case 9 -> child.destroyForcibly();
            case 15 -> terminate(child);
            default -> kill(child, Integer.toString(number));
        }
    }

    private static void terminate(ProcessHandle child) {
        if (!child.supportsNormalTermination()) {
            throw new UnsupportedOperationException("this system cannot ask a process to end; KILL it");
        }
        child.destroy();
    }

    private static void kill(ProcessHandle child, String signal) {
        Path program = KILL_PROGRAMS.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new UnsupportedOperationException(
                                "signal " + signal
                                        + ": the JDK sends only KILL and TERM, and there is no kill program here; bowline.linux can send any"));
        try {
            var _ = new ProcessBuilder(program.toString(), "-s", signal, Long.toString(child.pid()))
                    .redirectInput(Redirect.PIPE)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .onExit()
                    .thenAccept(done -> report(done.exitValue(), signal, child.pid()));
        } catch (IOException failed) {
            throw new UnsupportedOperationException("signal " + signal + ": " + program + " cannot be run", failed);
        }
    }

    private static void report(int exitCode, String signal, long pid) {
        if (exitCode != 0) {
            log.warn(
                    "kill -s {signal} {pid} ended with exit code {exitCode}; was the process gone already?",
                    signal,
                    pid,
                    exitCode);
        }
    }
}
