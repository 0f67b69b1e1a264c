package bowline.run;

import java.util.Locale;

/// What the process says when it ends: the numbers of BSD's sysexits (RUN-3).
public final class ExitCode {
    /// All went well.
    public static final int OK = 0;
    /// The command line cannot be used.
    public static final int USAGE = 64;
    /// The pid file has something else in it than a pid.
    public static final int DATA = 65;
    /// A port or another thing that the service needs cannot be had.
    public static final int UNAVAILABLE = 69;
    /// A mistake in the program.
    public static final int SOFTWARE = 70;
    /// A file cannot be read or written.
    public static final int IO = 74;
    /// It is already running, or a file that configures it cannot be understood.
    public static final int CONFIGURATION = 78;

    private static final int SIGNAL_BASE = 128;

    private ExitCode() {}

    /// The code of a process that a signal ended, by the signal's name without `SIG`, as shells count it (SIG-3).
    /// The JVM cannot be ended by a signal that it handles, so the code must do.
    public static int ofSignal(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "HUP" -> SIGNAL_BASE + 1;
            case "INT" -> SIGNAL_BASE + 2;
            case "TERM" -> SIGNAL_BASE + 15;
            case "BREAK" -> SIGNAL_BASE + 21;
            default -> SIGNAL_BASE;
        };
    }
}
