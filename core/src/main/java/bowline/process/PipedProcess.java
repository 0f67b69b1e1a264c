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

/// A child process: pipes at 0, 1 and 2, and an end that is told when the process and all its pipes are gone (PRC-8).
final class PipedProcess implements ProcessTransport, PipeOwner {
    private static final Logger log = Logger.of(PipedProcess.class);

    private final Reactor reactor;
    private final ProcessProtocol protocol;
    private final StartedProcess process;
    private final TransportLimits limits;
    private final LogContext context;
    private final Map<Integer, PipeReader> readers = new TreeMap<>();
    private final @Nullable PipeWriter stdin;
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
        if (spawn.descriptors().get(1) == Pipe.READ) {
            readers.put(1, new PipeReader(this, 1, process.input(1)));
        }
        if (spawn.descriptors().get(2) == Pipe.READ) {
            readers.put(2, new PipeReader(this, 2, process.input(2)));
        }
        stdin = spawn.descriptors().get(0) == Pipe.WRITTEN ? new PipeWriter(this, 0, process.output()) : null;
        openPipes = readers.size() + (stdin == null ? 0 : 1);
        undescribed = reactor.addToDescription("processes", () -> List.of(this));
        atShutdown = reactor.addSystemEventTrigger(Phase.DURING, "shutdown", this::abandon);
    }

    /// Starts the child and tells the protocol, before any data is delivered (PRC-7, PRC-15): that happens on a
    /// later turn, though the pipes are read at once.
    static PipedProcess start(Reactor reactor, ProcessProtocol protocol, Spawn spawn) {
        Launch.check(spawn);
        var started = new PipedProcess(
                reactor, protocol, spawn, ProcessStarter.of(reactor).startProcess(spawn));
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
        return stdin;
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
        if (stdin != null) {
            stdin.abort();
        }
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
        if (stdin != null) {
            stdin.abort();
        }
    }

    // For the program

    @Override
    public @Nullable Long pid() {
        return exit == null ? process.pid() : null;
    }

    @Override
    public void write(ByteBuffer bytes) {
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
        if (descriptor != 0 || stdin == null) {
            throw new IllegalArgumentException("descriptor " + descriptor + " of the child is not written by us");
        }
        write(bytes);
    }

    @Override
    public void closeChildFd(int descriptor) {
        PipeReader reader = readers.get(descriptor);
        if (reader != null) {
            reader.close();
        } else if (descriptor == 0 && stdin != null) {
            stdin.close();
        } else {
            throw new IllegalArgumentException("descriptor " + descriptor + " of the child is no pipe of ours");
        }
    }

    @Override
    public void loseConnection() {
        readers.values().forEach(PipeReader::close);
        if (stdin != null) {
            stdin.close();
        }
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

    /// The processes that it has started, and that live.
    List<ProcessHandle> descendants() {
        return exit == null ? process.descendants() : List.of();
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
        if (stdin == null) {
            producer.stopProducing();
        } else {
            stdin.registerProducer(producer);
        }
    }

    @Override
    public void unregisterProducer() {
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
