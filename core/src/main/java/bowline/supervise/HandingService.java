package bowline.supervise;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.framing.LineOptions;
import bowline.log.Logger;
import bowline.process.ChildDescriptor.Inherited;
import bowline.process.ChildDescriptor.Pipe;
import bowline.process.ProcessTransport;
import bowline.process.Spawn;
import bowline.protocol.Address;
import bowline.reactor.HeldPort;
import bowline.reactor.Reactor;
import bowline.reactor.ReadDescriptor;
import bowline.service.Service;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A port that is handed to a program when somebody waits there, and taken back when the program has ended (RUN-7,
/// `wait`). Made by [SuperServer#hand].
///
///     watch ── somebody waits ──▶ program has the port ── exit ──▶ watch …
///       ▲                                │ was started too often
///       └────────── a minute later ──────┘
public final class HandingService extends Service {
    private static final Logger log = Logger.of(SuperServer.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SuperServer server;
    private final Reactor reactor;
    private final Supplier<HeldPort> holding;
    private final String name;
    private final Spawn spawn;
    private final ServiceLimits limits;
    private final ReadDescriptor visitors = new Visitors();
    /// When the program was started within the last minute, by the reactor's clock.
    private final Queue<Long> starts = new ArrayDeque<>();

    private @Nullable HeldPort port;
    private @Nullable Program program;
    private @Nullable DelayedCall rest;

    HandingService(
            SuperServer server,
            Reactor reactor,
            Supplier<HeldPort> holding,
            String name,
            Spawn spawn,
            ServiceLimits limits) {
        this.server = server;
        this.reactor = reactor;
        this.holding = holding;
        this.name = name;
        this.spawn = spawn;
        this.limits = limits;
    }

    /// Where the port is, or null when it is not held.
    public @Nullable Address host() {
        return port == null ? null : port.host();
    }

    // As a service

    @Override
    protected void privilegedStartService() {
        if (port == null) {
            port = holding.get();
            log.info("[{name}] waits on {port}", name, port.host());
        }
    }

    @Override
    protected void startService() {
        privilegedStartService();
        if (program == null) {
            reactor.addReader(visitors);
        }
    }

    /// The super-server waits for the program.
    @Override
    protected Deferred<@Nullable Void> stopService() {
        if (rest != null) {
            rest.cancelIfActive();
            rest = null;
        }
        if (port != null) {
            reactor.removeReader(visitors);
            port.close();
            port = null;
        }
        if (program != null) {
            program.kill(limits.killTimeout());
        }
        return Deferred.succeed(null);
    }

    // The port

    private final class Visitors implements ReadDescriptor {
        @Override
        public int fileno() {
            return port == null ? NO_FILENO : port.fileno();
        }

        @Override
        public @Nullable Throwable doRead() {
            reactor.removeReader(this);
            handOver();
            return null;
        }

        /// The reactor ends, and with it the service.
        @Override
        public void connectionLost(Failure reason) {}

        @Override
        public String logPrefix() {
            return name;
        }
    }

    private void handOver() {
        long now = reactor.nanos();
        starts.removeIf(start -> now - start >= MINUTE.toNanos());
        if (starts.size() >= limits.maxStartsPerMinute()) {
            log.error(
                    "[{name}] was started {count} times within a minute, and rests for one: does it end without serving"
                            + " those who wait?",
                    name,
                    starts.size());
            watchLater();
            return;
        }
        starts.add(now);
        startProgram();
    }

    private void watchLater() {
        rest = reactor.callLater(MINUTE, () -> {
            rest = null;
            reactor.addReader(visitors);
        });
    }

    private void startProgram() {
        HeldPort held = port;
        if (held == null) {
            return;
        }
        held.blocking(true); // as programs expect of a port that they are started with
        var handed = new Inherited(held.fileno());
        var begun = new Program();
        try {
            begun.child = server.spawner().spawn(begun, spawn.descriptors(Map.of(0, handed, 1, handed, 2, Pipe.READ)));
        } catch (RuntimeException refused) {
            log.error(
                    "[{name}] cannot be started: {reason}",
                    name,
                    Failure.of(refused).message());
            held.blocking(false);
            watchLater();
            return;
        }
        program = begun;
        server.began(begun);
    }

    private void ended(Program gone) {
        program = null;
        server.ended(gone);
        if (port != null) {
            port.blocking(false);
            reactor.addReader(visitors);
        }
    }

    // The program

    private final class Program extends LoggedProgram implements RunningProgram {
        private @Nullable ProcessTransport child;
        private @Nullable Termination termination;

        Program() {
            super(log, name, LineOptions.LINE_MAX_BYTES);
        }

        @Override
        public void connectionMade() {
            log.info(
                    "[{name}] process {pid} started, which has the port",
                    name,
                    transport().pid());
        }

        @Override
        public void processExited(Failure reason) {
            log.info("[{name}] process {pid} {how}", name, transport().pid(), ExitWords.of(reason));
            if (termination == null) {
                ended(this);
            } else {
                termination.childExited();
            }
        }

        @Override
        public void kill(Duration patience) {
            if (child == null) {
                return;
            }
            if (termination != null) {
                termination.within(patience);
                return;
            }
            termination = new Termination(reactor, server.spawner(), name, child, () -> ended(this));
            termination.begin(patience);
        }
    }
}
