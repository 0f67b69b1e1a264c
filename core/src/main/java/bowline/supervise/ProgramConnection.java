package bowline.supervise;

import bowline.failure.Failure;
import bowline.framing.LineOptions;
import bowline.log.Logger;
import bowline.policy.IdleTimeout;
import bowline.process.ProcessTransport;
import bowline.process.Spawn;
import bowline.protocol.Address;
import bowline.protocol.Drainable;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.protocol.PushProducer;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One connection whose other end is a program of its own (RUN-7): what comes goes to the program's standard input,
/// what it writes to standard output goes out, and standard error goes to the log.
///
///     peer ── data ──▶ stdin      a program that reads slowly has the peer wait
///     peer ◀── data ── stdout     a peer that reads slowly has the program wait
///     peer ends its side ──▶ stdin ends; the program goes on
///     stdout ends ──▶ our side ends; the program exits ──▶ the connection is closed
///     the connection is lost ──▶ the program gets TERM, and KILL when it does not care
final class ProgramConnection extends Protocol implements HalfCloseable, Drainable, RunningProgram {
    private static final Logger log = Logger.of(SuperServer.class);

    private final SuperServer server;
    private final String name;
    private final Spawn spawn;
    private final ServiceLimits limits;
    private final Program program;
    private @Nullable IdleTimeout idle;
    private @Nullable ProcessTransport child;
    private @Nullable Termination termination;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean lost;

    ProgramConnection(SuperServer server, String name, Spawn spawn, ServiceLimits limits) {
        this.server = server;
        this.name = name;
        this.spawn = spawn;
        this.limits = limits;
        program = new Program();
    }

    @Override
    public void connectionMade() {
        try {
            child = server.spawner().spawn(program, withPeer());
        } catch (RuntimeException refused) {
            log.error(
                    "[{name}] cannot be started for {peer}: {reason}",
                    name,
                    transport().peer(),
                    Failure.of(refused).message());
            transport().abortConnection();
            return;
        }
        server.began(this);
        idle = new IdleTimeout(transport().clock(), this::endIdle);
        if (limits.idleTimeout().isPositive()) {
            idle.setTimeout(limits.idleTimeout());
        }
        child.registerProducer(new Peer());
        transport().registerProducer(new Output(child));
    }

    /// The program cannot ask its pipes who the peer is, so it is told, by the names that systemd uses.
    private Spawn withPeer() {
        return switch (transport().peer()) {
            case Address.IPv4 v4 -> spawn.env("REMOTE_ADDR", v4.host()).env("REMOTE_PORT", "" + v4.port());
            case Address.IPv6 v6 -> spawn.env("REMOTE_ADDR", v6.host()).env("REMOTE_PORT", "" + v6.port());
            default -> spawn;
        };
    }

    private void endIdle() {
        log.info(
                "[{name}] nothing came or went for idleTimeout, {seconds} s: ending the connection of {peer}",
                name,
                limits.idleTimeout().toSeconds(),
                transport().peer());
        transport().abortConnection();
    }

    private void touch() {
        if (idle != null) {
            idle.resetTimeout();
        }
    }

    // The peer

    @Override
    public void dataReceived(ByteBuffer unread) {
        touch();
        if (child != null && !inputEnded) {
            child.write(unread);
        } else {
            unread.position(unread.limit());
        }
    }

    @Override
    public void readConnectionLost() {
        endInput();
    }

    @Override
    public void writeConnectionLost() {}

    /// The program is told that there is no more to come: it finishes what it is at.
    @Override
    public void drain() {
        endInput();
    }

    private void endInput() {
        if (child != null && !inputEnded) {
            inputEnded = true;
            child.unregisterProducer();
            child.closeStdin();
        }
    }

    @Override
    public void connectionLost(Failure reason) {
        lost = true;
        if (idle != null) {
            idle.setTimeout(null);
        }
        if (child == null) {
            return;
        }
        // Standard error stays: what the program says about its end is worth a line in the log.
        child.closeStdin();
        child.closeStdout();
        kill(limits.killTimeout());
    }

    /// Ends the connection at once.
    @Override
    public void kill(Duration patience) {
        if (child == null || program.exited) {
            return;
        }
        if (termination != null) {
            termination.within(patience);
            return;
        }
        termination = new Termination(transport().clock(), server.spawner(), name, child, () -> server.ended(this));
        termination.begin(patience);
    }

    @Override
    public String logPrefix() {
        return name;
    }

    /// The peer as what produces the program's input.
    private final class Peer implements PushProducer {

        @Override
        public void pauseProducing() {
            if (open()) {
                transport().pauseProducing();
            }
        }

        @Override
        public void resumeProducing() {
            if (open()) {
                transport().resumeProducing();
            }
        }

        /// The program reads no more: what still comes is thrown away, but that the peer hangs up is to be
        /// heard.
        @Override
        public void stopProducing() {
            inputEnded = true;
            resumeProducing();
        }

        private boolean open() {
            return !lost && !transport().disconnecting();
        }
    }

    // The program

    /// The program as what produces for the peer. That the peer is lost, the connection hears by itself.
    private record Output(ProcessTransport child) implements PushProducer {

        @Override
        public void pauseProducing() {
            child.pauseProducing();
        }

        @Override
        public void resumeProducing() {
            child.resumeProducing();
        }

        @Override
        public void stopProducing() {}
    }

    private final class Program extends LoggedProgram {
        private @Nullable Long pid;
        private boolean exited;

        Program() {
            super(log, name, LineOptions.LINE_MAX_BYTES);
        }

        @Override
        public void connectionMade() {
            pid = transport().pid();
            log.info("[{name}] process {pid} started for {peer}", name, pid, peer());
        }

        private Address peer() {
            return ProgramConnection.this.transport().peer();
        }

        @Override
        public void outReceived(ByteBuffer unread) {
            touch();
            ProgramConnection.this.transport().write(unread);
        }

        @Override
        public void outConnectionLost() {
            outputEnded = true;
            if (lost) {
                return;
            }
            ProgramConnection.this.transport().unregisterProducer();
            if (exited) {
                ProgramConnection.this.transport().loseConnection();
            } else {
                ProgramConnection.this.transport().loseWriteConnection();
            }
        }

        @Override
        public void processExited(Failure reason) {
            exited = true;
            log.info("[{name}] process {pid} for {peer} {how}", name, pid, peer(), ExitWords.of(reason));
            if (termination != null) {
                termination.childExited();
            } else {
                server.ended(ProgramConnection.this);
            }
            if (!lost && outputEnded) {
                ProgramConnection.this.transport().loseConnection();
            }
        }
    }
}
