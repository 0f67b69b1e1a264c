package bowline.run;

import bowline.failure.Failure;
import bowline.handover.HotRestart;
import bowline.log.Logger;
import bowline.reactor.PortHandover;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.service.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// On a signal, starts a successor of this process, hands it all ports, and ends when it serves.
///
/// The signal is HUP, by which systemd (`Type=notify-reload`) and others ask a service for a reload; not USR2, with
/// which the JVM stops its own threads. Where there is a terminal, HUP means that it has gone, and ends the process as
/// ever.
final class Restart implements AutoCloseable {
    /// By the signal that is usual, where it has no other meaning.
    static final String AUTOMATIC = "auto";

    /// By none.
    static final String NEVER = "never";

    /// Those that mean nothing else to the process or the JVM: USR1 has what is going on written to the log.
    static final List<String> SIGNALS = List.of("HUP", "URG", "WINCH", "PWR");

    private static final Logger log = Logger.of("bowline");
    private static final String SIGNAL = "HUP";
    private static final Path STATE = Path.of("/proc/self/stat");

    /// Which of the words behind the program's name, which may have blanks, is its terminal.
    private static final int TERMINAL = 4;

    private final HotRestart restart;
    private final ReactorGroup group;
    private final Told told;
    private Runnable unhear = () -> {};
    private boolean underWay;
    private boolean ending;

    private Restart(HotRestart restart, ReactorGroup group, Told told) {
        this.restart = restart;
        this.group = group;
        this.told = told;
    }

    /// The signal to hear, by the value of the option; null for none.
    ///
    /// @param possible whether a restart can hand anything over
    /// @throws UsageError if one is wanted where it cannot be
    static @Nullable String signal(String wanted, ReactorGroup group, boolean possible) {
        boolean able = group.first() instanceof PortHandover;
        if (wanted.equals(NEVER)) {
            return null;
        }
        if (wanted.equals(AUTOMATIC)) {
            return able && possible && !hasTerminal() ? SIGNAL : null;
        }
        if (!able) {
            throw new UsageError(
                    "--restart-on: this backend cannot hand ports to another process",
                    "use the backends uring or epoll (bowline.linux)");
        }
        if (!possible) {
            throw new UsageError(
                    "--restart-on: standard input and output cannot be handed to another process",
                    "serve at a port instead");
        }
        return wanted;
    }

    /// A process without a controlling terminal has 0 there (proc(5)).
    private static boolean hasTerminal() {
        try {
            String state = Files.readString(STATE);
            String[] words = state.substring(state.lastIndexOf(')') + 2).split(" ");
            return !words[TERMINAL].equals("0");
        } catch (IOException unknown) {
            return true;
        }
    }

    /// Hears the signal from now on.
    static Restart on(String signal, HotRestart restart, ReactorGroup group, Told told) {
        var made = new Restart(restart, group, told);
        Reactor first = group.first();
        made.unhear = ProcessSignals.hear(List.of(signal), _ -> first.callFromThread(made::begin));
        first.addSystemEventTrigger(Reactor.Phase.BEFORE, "shutdown", () -> made.ending = true);
        return made;
    }

    private void begin() {
        if (underWay || ending) {
            log.info("this process restarts or ends already");
            return;
        }
        underWay = true;
        log.info("Starting a successor, which takes over all ports");
        told.restarting();
        restart.begin().<@Nullable Void>addCallbacks(this::succeeded, this::failed);
    }

    private @Nullable Void succeeded(long pid) {
        log.info("process {pid} serves now, and this one finishes what is under way", pid);
        told.succeededBy(pid);
        if (group.first().running()) {
            group.stop();
        }
        return null;
    }

    private @Nullable Void failed(Failure failure) {
        underWay = false;
        if (ending) {
            log.info("there is no successor: {reason}", failure.message());
            return null;
        }
        log.error("there is no successor, and this process serves on: {reason}", failure.message());
        told.servesOn("the last restart failed: " + failure.message());
        return null;
    }

    @Override
    public void close() {
        unhear.run();
    }
}
