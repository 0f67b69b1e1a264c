package bowline.process;

import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.Logger;
import bowline.process.ChildDescriptor.Pipe;
import bowline.protocol.Producer;
import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import bowline.reactor.Reactor.Phase;
import bowline.reactor.Reactor.SystemEventTrigger;
import bowline.time.Action;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A child process: its pipes, and an end that is told when the process and all its pipes are gone (PRC-8).
final class PipedProcess implements ProcessTransport, PipeOwner {
    private static final Logger log = Logger.of(PipedProcess.class);

    private final Reactor reactor;
    private final ProcessProtocol protocol;
    private final StartedProcess process;
    private final TransportLimits limits;
    private final LogContext context;
    private final Map<Integer, PipeReader> readers = new TreeMap<>();
    private final Map<Integer, PipeWriter> writers = new TreeMap<>();
    private final boolean inTerminal;
    private final SystemEventTrigger atShutdown;
    private final Runnable undescribed;
    private @Nullable Failure exit;
    private int openPipes;
    private boolean abandoned;
    private boolean ended;

    private PipedProcess(Reactor reactor, ProcessProtocol protocol, Spawn spawn, StartedProcess process) {
        this.reactor = reactor;
        this.protocol = protocol;
        this.process = process;
        this.limits = spawn.limits();
        this.context = LogContext.of(protocol);
        inTerminal = spawn.pty();
        spawn.descriptors().forEach(this::connect);
        openPipes = readers.size() + writers.size();
        undescribed = reactor.addToDescription("processes", () -> List.of(this));
        atShutdown = reactor.addSystemEventTrigger(Phase.DURING, "shutdown", this::abandon);
    }

    private void connect(int descriptor, ChildDescriptor connection) {
        if (connection == Pipe.READ && !(inTerminal && descriptor == 2)) {
            readers.put(descriptor, new PipeReader(this, descriptor, process.input(descriptor)));
        } else if (connection == Pipe.WRITTEN) {
            writers.put(descriptor, new PipeWriter(this, descriptor, process.output(descriptor)));
        }
    }

    /// Starts the child and tells the protocol, before any data is delivered (PRC-7, PRC-15): that happens on a
    /// later turn, though the pipes are read at once.
    static PipedProcess start(Reactor reactor, ProcessProtocol protocol, Spawn spawn) {
        ProcessStarter starter = ProcessStarter.of(reactor);
        starter.check(spawn);
        var started = new PipedProcess(reactor, protocol, spawn, starter.startProcess(spawn));
        started.readers.values().forEach(PipeReader::start);
        started.call(() -> protocol.makeConnection(started));
        started.process.onExit(status -> started.later(() -> started.exited(status)));
        return started;
    }

    // For the pipes

    @Override
    public void dataReceived(int descriptor, ByteBuffer unread) {
        protocol.childDataReceived(descriptor, unread);
    }

    /// What waits to be written to the child, or null when nothing can be.
    @Nullable
    PipeWriter stdin() {
        return writers.get(0);
    }

    @Override
    public TransportLimits limits() {
        return limits;
    }

    /// From any thread.
    @Override
    public void later(Action action) {
        reactor.callFromThread(action);
    }

    /// Calls into the protocol; what escapes is logged (PRC-10).
    @Override
    public void call(Action callback) {
        try {
            context.call(() -> {
                callback.run();
                return null;
            });
        } catch (Throwable thrown) {
            log.failure("while calling {protocol} about its process", Failure.of(thrown), protocol.logPrefix());
        }
    }

    @Override
    public void limitPassed(int descriptor, String what) {
        log.warn("process {pid}: descriptor {descriptor} is closed: {what}", process.pid(), descriptor, what);
    }

    @Override
    public void pipeLost(int descriptor) {
        openPipes--;
        call(() -> protocol.childConnectionLost(descriptor));
        endIfAllIsOver();
    }

    // The end

    private void exited(int status) {
        Failure reason = ExitStatus.reason(status);
        exit = reason;
        call(() -> protocol.processExited(reason));
        writers.values().forEach(PipeWriter::abort);
        endIfAllIsOver();
    }

    private void endIfAllIsOver() {
        Failure reason = exit;
        if (reason == null || openPipes > 0 || ended) {
            return;
        }
        ended = true;
        undescribed.run();
        if (!abandoned) {
            reactor.removeSystemEventTrigger(atShutdown);
        }
        call(() -> protocol.processEnded(reason));
    }

    /// The reactor shuts down: the pipes are closed, the child is left to itself (REA-9).
    private void abandon() {
        abandoned = true;
        readers.values().forEach(PipeReader::abort);
        writers.values().forEach(PipeWriter::abort);
    }

    // For the program

    @Override
    public @Nullable Long pid() {
        return exit == null ? process.pid() : null;
    }

    @Override
    public void write(ByteBuffer bytes) {
        PipeWriter stdin = stdin();
        if (stdin == null) {
            bytes.position(bytes.limit());
        } else {
            stdin.write(bytes);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        write(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void writeToChild(int descriptor, ByteBuffer bytes) {
        refuseInTerminal("writeToChild");
        PipeWriter writer = writers.get(descriptor);
        if (writer == null) {
            throw new IllegalArgumentException("descriptor " + descriptor + " of the child is not written by us");
        }
        writer.write(bytes);
    }

    @Override
    public void closeChildFd(int descriptor) {
        refuseInTerminal("closeChildFd");
        closePipe(descriptor);
    }

    private void closePipe(int descriptor) {
        PipeReader reader = readers.get(descriptor);
        PipeWriter writer = writers.get(descriptor);
        if (reader != null) {
            reader.close();
        } else if (writer != null) {
            writer.close();
        } else {
            throw new IllegalArgumentException("descriptor " + descriptor + " of the child is no pipe of ours");
        }
    }

    /// A terminal is one thing for input and output (PRC-17).
    private void refuseInTerminal(String what) {
        if (inTerminal) {
            throw new UnsupportedOperationException(
                    what + ": the child runs in a terminal, which has no descriptors to tell apart; use write");
        }
    }

    @Override
    public void closeStdin() {
        closeUnlessInTerminal(0);
    }

    @Override
    public void closeStdout() {
        closeUnlessInTerminal(1);
    }

    @Override
    public void closeStderr() {
        closeUnlessInTerminal(2);
    }

    private void closeUnlessInTerminal(int descriptor) {
        if (!inTerminal) {
            closePipe(descriptor);
        }
    }

    @Override
    public void loseConnection() {
        readers.values().forEach(PipeReader::close);
        writers.values().forEach(PipeWriter::close);
    }

    @Override
    public void signalProcess(String name) {
        requireLife();
        process.signal(ChildSignal.plain(name));
    }

    @Override
    public void signalProcess(int number) {
        requireLife();
        process.signal(ChildSignal.checked(number));
    }

    private void requireLife() {
        if (exit != null || !process.isAlive()) {
            throw new ProcessExitedAlready();
        }
    }

    @Override
    public void resizeTerminal(WindowSize size) {
        if (!inTerminal) {
            throw new UnsupportedOperationException(
                    "the size of a window, for a child that has no terminal;" + " start it with Spawn.inTerminal");
        }
        requireLife();
        process.resizeTerminal(size);
    }

    /// The processes that it has started, and that live.
    List<ProcessHandle> descendants() {
        return exit == null ? process.descendants() : List.of();
    }

    /// Of the child's standard output.
    int unreadBytes() {
        PipeReader stdout = readers.get(1);
        return stdout == null ? 0 : stdout.unreadBytes();
    }

    @Override
    public void pauseProducing() {
        readers.values().forEach(PipeReader::pause);
    }

    @Override
    public void resumeProducing() {
        readers.values().forEach(PipeReader::resume);
    }

    @Override
    public void registerProducer(Producer producer) {
        PipeWriter stdin = stdin();
        if (stdin == null) {
            producer.stopProducing();
        } else {
            stdin.registerProducer(producer);
        }
    }

    @Override
    public void unregisterProducer() {
        PipeWriter stdin = stdin();
        if (stdin != null) {
            stdin.unregisterProducer();
        }
    }

    @Override
    public String toString() {
        return "process " + process.pid() + " for " + protocol.logPrefix() + ", " + openPipes + " pipes open"
                + (exit == null ? "" : ", it has exited");
    }
}
