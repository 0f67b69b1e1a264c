package bowline.task;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorNotRunning;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A program that is over when one Deferred fires (TSK-12). Meant for a static import:
///
///     void main(String[] arguments) {
///         react(reactor -> fetch(reactor, arguments[0]));
///     }
///
/// The exit code is 0 after a success, a [SystemExit]'s own code, 1 after any other failure, which is
/// logged, and 128 plus the signal's number when a signal ended the reactor before.
public final class MainTask {
    private static final Logger log = Logger.of(MainTask.class);
    private static final int FAILED = 1;
    private static final int ENDED_BY_SIGINT = 130;
    private static final int ENDED_BY_SIGTERM = 143;

    private final Reactor reactor;
    private final Body body;
    private @Nullable Integer code;

    /// What the program does.
    @FunctionalInterface
    public interface Body {
        /// Begins it, on the thread of the reactor, which runs.
        Deferred<?> begin(Reactor reactor) throws Exception;
    }

    private MainTask(Reactor reactor, Body body) {
        this.reactor = reactor;
        this.body = body;
    }

    /// Runs `body` on a new reactor and ends the process.
    public static void react(Body body) {
        react(Reactor.create(), body, System::exit);
    }

    /// Runs `body` on `reactor`, stops it when the body's Deferred fires, and gives the exit code to `exit`
    /// when it has shut down.
    public static void react(Reactor reactor, Body body, IntConsumer exit) {
        var task = new MainTask(reactor, body);
        reactor.callWhenRunning(task::begin);
        reactor.run();
        exit.accept(task.exitCode());
    }

    private void begin() {
        Deferred.<@Nullable Object>maybeDeferred(() -> body.begin(reactor)).<@Nullable Void>addBoth((_, failure) -> {
            code = failure == null ? 0 : codeOf(failure);
            stopReactor();
            return null;
        });
    }

    private static int codeOf(Failure failure) {
        if (failure.value() instanceof SystemExit exit) {
            return exit.code();
        }
        log.failure("main function encountered error", failure);
        return FAILED;
    }

    private void stopReactor() {
        try {
            reactor.stop();
        } catch (ReactorNotRunning alreadyStopping) {
            // A signal, or the body itself, was faster.
        }
    }

    private int exitCode() {
        return code != null ? code : codeAfter(reactor.caughtSignal());
    }

    /// The code when the reactor was ended before the body was.
    static int codeAfter(@Nullable String signal) {
        return switch (signal) {
            case null -> 0;
            case "INT" -> ENDED_BY_SIGINT;
            case "TERM" -> ENDED_BY_SIGTERM;
            default -> FAILED;
        };
    }
}
