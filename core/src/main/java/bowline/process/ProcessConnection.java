package bowline.process;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.ConnectionAborted;
import bowline.protocol.ConnectionDone;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Producer;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;
import bowline.reactor.Reactor;
import bowline.time.Action;
import bowline.time.Clock;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A child as the other end of a connection: its standard input is written, its standard output is read, and its end
/// is the connection's (END-11).
///
/// Closing the connection closes the child's pipes, and waits for it to end; aborting kills it.
final class ProcessConnection implements Transport {
    private static final Logger log = Logger.of(ProcessConnection.class);

    private final Reactor reactor;
    private final PipedProcess process;
    private final PipeWriter stdin;
    private final Address.ChildProcess address;
    private final Protocol protocol;
    private boolean closing;
    private @Nullable Failure end;

    ProcessConnection(
            Reactor reactor, PipedProcess process, PipeWriter stdin, Address.ChildProcess address, Protocol protocol) {
        this.reactor = reactor;
        this.process = process;
        this.stdin = stdin;
        this.address = address;
        this.protocol = protocol;
    }

    // What the child does

    /// Tells the protocol that it is connected.
    ///
    /// @return why it is not any more, if it is not
    @Nullable
    Failure open() {
        call(() -> protocol.makeConnection(this));
        return end;
    }

    void received(ByteBuffer unread) {
        if (closing || end != null) {
            unread.position(unread.limit());
        } else {
            call(() -> protocol.current().dataReceived(unread));
        }
    }

    void complained(ByteBuffer unread) {
        log.info(
                "process {pid} says: {text}",
                address.pid(),
                StandardCharsets.UTF_8.decode(unread).toString().strip());
    }

    void outputEnded() {
        HalfCloseable half = closing || end != null ? null : protocol.current().halfCloseable();
        if (half != null) {
            call(half::readConnectionLost);
        }
    }

    void inputEnded() {
        HalfCloseable half = closing || end != null ? null : protocol.current().halfCloseable();
        if (half != null) {
            call(half::writeConnectionLost);
        }
    }

    void ended(Failure reason) {
        lost(reason.check(ProcessDone.class) == null ? reason : ConnectionDone.FAILURE);
    }

    /// What escapes ends the connection (TRA-20).
    private void call(Action callback) {
        try {
            callback.run();
        } catch (Throwable thrown) {
            Failure reason = Failure.of(thrown);
            log.failure("Unhandled Error", reason);
            kill();
            lost(reason);
        }
    }

    private void lost(Failure reason) {
        if (end != null) {
            return;
        }
        end = reason;
        process.loseConnection();
        try {
            protocol.current().connectionLost(reason);
        } catch (Throwable thrown) {
            log.failure("Unhandled Error", Failure.of(thrown));
        }
    }

    private void kill() {
        kill(process);
    }

    static void kill(ProcessTransport process) {
        try {
            process.signalProcess("KILL");
        } catch (ProcessExitedAlready already) {
            // That is what was wanted.
        }
    }

    // What the protocol asks for

    @Override
    public void write(ByteBuffer bytes) {
        process.write(bytes);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        process.write(bytes, offset, length);
    }

    @Override
    public Deferred<Long> sendFile(FileChannel file, long position, long count) {
        return stdin.sendFile(file, position, count);
    }

    @Override
    public void registerProducer(Producer producer) {
        process.registerProducer(producer);
    }

    @Override
    public void unregisterProducer() {
        process.unregisterProducer();
    }

    @Override
    public void loseConnection() {
        if (end == null && !closing) {
            closing = true;
            process.loseConnection();
        }
    }

    @Override
    public void abortConnection() {
        if (end == null) {
            closing = true;
            kill();
            reactor.callFromThread(() -> lost(ConnectionAborted.FAILURE));
        }
    }

    @Override
    public void loseWriteConnection() {
        process.closeStdin();
    }

    @Override
    public void pauseProducing() {
        process.pauseProducing();
    }

    @Override
    public void resumeProducing() {
        if (!closing && end == null) {
            process.resumeProducing();
        }
    }

    @Override
    public void stopProducing() {
        loseConnection();
    }

    @Override
    public Address peer() {
        return address;
    }

    @Override
    public Address host() {
        return new Address.Pipe();
    }

    @Override
    public boolean connected() {
        return end == null;
    }

    @Override
    public boolean disconnecting() {
        return closing && end == null;
    }

    @Override
    public long unsentBytes() {
        return stdin.unsentBytes();
    }

    @Override
    public int unreadBytes() {
        return process.unreadBytes();
    }

    @Override
    public @Nullable HandedProducer takeProducer() {
        return stdin.takeProducer();
    }

    @Override
    public Clock clock() {
        return reactor;
    }

    @Override
    public String toString() {
        return protocol.logPrefix() + " " + address;
    }
}
