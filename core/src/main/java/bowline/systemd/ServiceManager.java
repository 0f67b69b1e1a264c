package bowline.systemd;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.reactor.Reactor;
import bowline.time.DelayedCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The program that started us and wants to hear how we are, as systemd does: our side of sd_notify(3). On the
/// reactor's thread.
///
/// Nothing waits: what the manager has no room for is told again a little later, and what it cannot be told at all goes
/// to the log.
public final class ServiceManager {
    /// Most messages that wait to be told again.
    public static final int WAITING_MAX = 32;

    /// Longest text of a status, in characters; the rest is cut off.
    public static final int STATUS_MAX_CHARS = 1000;

    private static final Logger log = Logger.of(ServiceManager.class);
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final String SOCKET = "NOTIFY_SOCKET";
    static final String INTERVAL = "WATCHDOG_USEC";
    static final String WATCHED = "WATCHDOG_PID";

    private final Reactor reactor;
    private final NotifySocket socket;
    private final Address.Unix receiver;
    private final @Nullable Duration patience;
    private final LongSupplier monotonic;
    private final Deque<String> waiting = new ArrayDeque<>();
    private @Nullable DelayedCall retry;
    private boolean deaf;

    private ServiceManager(
            Reactor reactor,
            NotifySocket socket,
            Address.Unix receiver,
            @Nullable Duration patience,
            LongSupplier monotonic) {
        this.reactor = reactor;
        this.socket = socket;
        this.receiver = receiver;
        this.patience = patience;
        this.monotonic = monotonic;
    }

    /// The one that `environment` tells of: `NOTIFY_SOCKET`, a path or an abstract name that begins with `@`,
    /// and `WATCHDOG_USEC` with `WATCHDOG_PID`. Null if there is none, or it cannot be told anything here,
    /// which the log tells.
    public static @Nullable ServiceManager of(Map<String, String> environment, Reactor reactor) {
        return of(environment, reactor, () -> NotifySocket.of(reactor), System::nanoTime);
    }

    /// @param monotonic the system's own clock in nanoseconds; the reactor's counts from its beginning
    static @Nullable ServiceManager of(
            Map<String, String> environment, Reactor reactor, Supplier<NotifySocket> socket, LongSupplier monotonic) {
        String where = environment.getOrDefault(SOCKET, "");
        if (where.isEmpty()) {
            return null;
        }
        if (!where.startsWith("/") && !where.startsWith("@")) {
            log.warn(
                    "the service manager is not told anything: NOTIFY_SOCKET is {where}, neither a path nor an @name",
                    where);
            return null;
        }
        Address.Unix receiver = new Address.Unix(where.startsWith("@") ? '\0' + where.substring(1) : where);
        try {
            return new ServiceManager(reactor, socket.get(), receiver, patience(environment), monotonic);
        } catch (UnsupportedOperationException unable) {
            log.warn(
                    "the service manager is not told anything: {reason}",
                    Failure.of(unable).message());
            return null;
        }
    }

    private static @Nullable Duration patience(Map<String, String> environment) {
        if (!isWatched(environment, ProcessHandle.current().pid())) {
            return null;
        }
        try {
            long micros = Long.parseLong(environment.getOrDefault(INTERVAL, "0"));
            return micros > 0 ? Duration.ofNanos(Math.multiplyExact(micros, 1000L)) : null;
        } catch (NumberFormatException | ArithmeticException noTime) {
            return null;
        }
    }

    /// Whether it is the process `pid` that is wanted to give signs of life, if any is.
    static boolean isWatched(Map<String, String> environment, long pid) {
        String watched = environment.get(WATCHED);
        return watched == null || watched.equals(String.valueOf(pid));
    }

    /// How long the manager waits for a sign of life before it takes us for stuck; null if it wants none.
    public @Nullable Duration patience() {
        return patience;
    }

    /// We serve, after a start or a reload.
    public void ready(String status) {
        tell("READY=1", status(status));
    }

    /// We serve again, by a successor that is now the service's main process.
    public void ready(long mainPid, String status) {
        tell("MAINPID=" + mainPid, "READY=1", status(status));
    }

    /// A reload or a restart begins; [#ready] ends it.
    public void reloading(String status) {
        tell("RELOADING=1", "MONOTONIC_USEC=" + monotonicMicros(), status(status));
    }

    /// We end.
    public void stopping(String status) {
        tell("STOPPING=1", status(status));
    }

    /// The loop turns. Told now or never.
    void alive() {
        if (waiting.isEmpty()) {
            send("WATCHDOG=1");
        }
    }

    /// The JVM counts nanoseconds by CLOCK_MONOTONIC on Linux, as the manager does, which takes for its answer
    /// only a message that says a later time than its request.
    private long monotonicMicros() {
        return monotonic.getAsLong() / 1000;
    }

    /// One line that people read, as in `systemctl status`.
    private static String status(String text) {
        String line = text.replace('\n', ' ');
        return "STATUS=" + (line.length() > STATUS_MAX_CHARS ? line.substring(0, STATUS_MAX_CHARS) : line);
    }

    private void tell(String... assignments) {
        if (waiting.size() == WAITING_MAX) {
            waiting.removeFirst();
        }
        waiting.add(String.join("\n", assignments));
        sendWaiting();
    }

    private void sendWaiting() {
        while (!waiting.isEmpty()) {
            if (!send(waiting.getFirst())) {
                if (retry == null || !retry.active()) {
                    retry = reactor.callLater(RETRY, this::sendWaiting);
                }
                return;
            }
            waiting.removeFirst();
        }
    }

    /// Whether it is over: told, or in vain, which is said once.
    private boolean send(String message) {
        try {
            boolean told = socket.notify(receiver, StandardCharsets.UTF_8.encode(message));
            deaf &= !told;
            return told;
        } catch (IOException refused) {
            if (!deaf) {
                log.warn(
                        "the service manager at {receiver} hears nothing: {reason}",
                        receiver,
                        Failure.of(refused).message());
            }
            deaf = true;
            return true;
        }
    }

    @Override
    public String toString() {
        return "service manager at " + receiver;
    }
}
