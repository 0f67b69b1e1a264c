package bowline.process;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.LogPrefixed;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.ConnectionAborted;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Producer;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;
import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import bowline.reactor.Reactor.Phase;
import bowline.reactor.Reactor.SystemEventTrigger;
import bowline.time.Action;
import bowline.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Standard input and output as one connection of a protocol (STD-1, STD-2).
///
///     StandardIO.connect(reactor, new Chat());
///
/// Each direction has a thread, for the JDK's streams block; a reader of our output that is slow blocks that thread
/// and pauses a registered producer, and never the reactor. On the Linux reactors pipes and terminals need no thread.
/// A terminal's modes are left as they are.
///
/// The two directions end apart, as pipes do. A protocol that is [HalfCloseable] hears of each. For any other, the
/// end of the input is as if it called [#loseConnection]: what it has written is sent, then it hears of the end.
/// The other side of the output is known to be gone when a write fails.
///
/// With the connection standard input and output are closed for the whole process, and cannot be had again. (This
/// class is longer than others because a [Transport] has so many doors.)
public final class StandardIO implements Transport, LogPrefixed {
    private static final Logger log = Logger.of(StandardIO.class);
    private static final int INPUT = 0;
    private static final int OUTPUT = 1;

    private final Reactor reactor;
    private final Protocol protocol;
    private final TransportLimits limits;
    private final LogContext context = LogContext.of(this);
    private final PipeReader reader;
    private final PipeWriter writer;
    private final SystemEventTrigger atShutdown;
    private final Consumer<Failure> afterLost;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean closing;
    private boolean gone;
    private @Nullable Failure doom;

    private StandardIO(
            Reactor reactor,
            Protocol protocol,
            StandardPipes.Pair both,
            TransportLimits limits,
            Consumer<Failure> afterLost) {
        this.reactor = reactor;
        this.protocol = protocol;
        this.limits = limits;
        this.afterLost = afterLost;
        var pipes = new Pipes();
        reader = new PipeReader(pipes, INPUT, both.input());
        writer = new PipeWriter(pipes, OUTPUT, both.output());
        atShutdown = reactor.addSystemEventTrigger(Phase.DURING, "shutdown", () -> lost(ConnectionLost.FAILURE));
    }

    /// Connects `protocol`, which is told at once.
    ///
    /// @throws IllegalStateException if standard input and output are taken already
    public static StandardIO connect(Reactor reactor, Protocol protocol) {
        return connect(reactor, protocol, TransportLimits.DEFAULT, _ -> {});
    }

    /// The same with other limits; `afterLost` is called when the protocol has heard of the end.
    static StandardIO connect(Reactor reactor, Protocol protocol, TransportLimits limits, Consumer<Failure> afterLost) {
        return over(reactor, protocol, StandardPipes.of(reactor).take(), limits, afterLost);
    }

    /// The same over any two pipes.
    static StandardIO over(
            Reactor reactor,
            Protocol protocol,
            StandardPipes.Pair pipes,
            TransportLimits limits,
            Consumer<Failure> afterLost) {
        var connection = new StandardIO(reactor, protocol, pipes, limits, afterLost);
        connection.call(() -> protocol.makeConnection(connection));
        connection.reader.start();
        return connection;
    }

    // What the pipes tell

    private final class Pipes implements PipeOwner {
        @Override
        public void later(Action action) {
            reactor.callFromThread(action);
        }

        @Override
        public void call(Action callback) {
            StandardIO.this.call(callback);
        }

        @Override
        public TransportLimits limits() {
            return limits;
        }

        @Override
        public void limitPassed(int descriptor, String what) {
            doom(Failure.of(new ConnectionLost(what)));
        }

        @Override
        public void dataReceived(int descriptor, ByteBuffer unread) {
            protocol.current().dataReceived(unread);
        }

        @Override
        public void pipeLost(int descriptor) {
            if (gone || doom != null) {
                return;
            }
            if (descriptor == INPUT) {
                inputLost();
            } else {
                outputLost();
            }
        }
    }

    private void inputLost() {
        if (closing) {
            return; // it was closed here
        }
        inputEnded = true;
        HalfCloseable half = protocol.current().halfCloseable();
        if (half == null) {
            writer.stopProducer();
            loseConnection();
            return;
        }
        call(half::readConnectionLost);
        if (outputEnded) {
            lost(ConnectionDone.FAILURE);
        }
    }

    private void outputLost() {
        outputEnded = true;
        IOException fault = writer.fault();
        HalfCloseable half = closing ? null : protocol.current().halfCloseable();
        if (half != null) {
            call(half::writeConnectionLost);
        }
        if (fault != null && half == null) {
            lost(Failure.of(new ConnectionLost(
                    "standard output cannot be written any more: "
                            + Failure.of(fault).message(),
                    fault)));
        } else if (closing || inputEnded) {
            lost(ConnectionDone.FAILURE);
        }
    }

    /// Calls into the protocol; what escapes ends the connection (TRA-20).
    private void call(Action callback) {
        guarded(callback, this::lost);
    }

    private void guarded(Action callback, Consumer<Failure> whenThrown) {
        try {
            context.call(() -> {
                try {
                    callback.run();
                } catch (Throwable thrown) {
                    Failure reason = Failure.of(thrown);
                    log.failure("Unhandled Error", reason);
                    whenThrown.accept(reason);
                }
                return null;
            });
        } catch (Exception impossible) {
            throw Failure.of(impossible).raise();
        }
    }

    private void lost(Failure reason) {
        if (gone) {
            return;
        }
        gone = true;
        reader.abort();
        writer.abort();
        if (reactor.running()) {
            reactor.removeSystemEventTrigger(atShutdown);
        }
        // What goes wrong in these is logged; the connection has ended all the same (TRA-21).
        guarded(() -> protocol.current().connectionLost(reason), _ -> {});
        guarded(() -> afterLost.accept(reason), _ -> {});
    }

    // Writing

    @Override
    public void write(ByteBuffer bytes) {
        if (doom == null) {
            writer.write(bytes);
        } else {
            bytes.position(bytes.limit());
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        write(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public Deferred<Long> sendFile(FileChannel file, long position, long count) {
        return writer.sendFile(file, position, count);
    }

    @Override
    public void registerProducer(Producer producer) {
        writer.registerProducer(producer);
    }

    @Override
    public void unregisterProducer() {
        writer.unregisterProducer();
    }

    // Closing

    @Override
    public void loseConnection() {
        if (gone || closing) {
            return;
        }
        closing = true;
        reader.close();
        if (outputEnded) {
            reactor.callFromThread(() -> lost(ConnectionDone.FAILURE));
        } else {
            closeWriter();
        }
    }

    /// On a later turn, so that what is written in this one is sent too (TRA-6, TRA-9).
    private void closeWriter() {
        reactor.callFromThread(writer::close);
    }

    @Override
    public void abortConnection() {
        if (!gone) {
            doom(ConnectionAborted.FAILURE);
        }
    }

    private void doom(Failure reason) {
        if (doom == null) {
            doom = reason;
            reader.close();
            writer.abortLater();
            reactor.callFromThread(() -> lost(reason));
        }
    }

    /// Closes standard output, once everything written is sent.
    @Override
    public void loseWriteConnection() {
        if (!gone) {
            closeWriter();
        }
    }

    // As a producer of what comes in

    @Override
    public void pauseProducing() {
        reader.pause();
    }

    @Override
    public void resumeProducing() {
        if (!gone && !closing) {
            reader.resume();
        }
    }

    @Override
    public void stopProducing() {
        loseConnection();
    }

    // Looking

    @Override
    public Address peer() {
        return new Address.Pipe();
    }

    @Override
    public Address host() {
        return new Address.Pipe();
    }

    @Override
    public boolean connected() {
        return !gone;
    }

    @Override
    public boolean disconnecting() {
        return closing && !gone;
    }

    @Override
    public long unsentBytes() {
        return writer.unsentBytes();
    }

    @Override
    public int unreadBytes() {
        return reader.unreadBytes();
    }

    @Override
    public @Nullable HandedProducer takeProducer() {
        return writer.takeProducer();
    }

    @Override
    public Clock clock() {
        return reactor;
    }

    /// `Chat,stdio`
    @Override
    public String logPrefix() {
        return protocol.current().logPrefix() + ",stdio";
    }

    @Override
    public String toString() {
        return logPrefix();
    }
}
