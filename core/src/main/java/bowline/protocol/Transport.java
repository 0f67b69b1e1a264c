package bowline.protocol;

import bowline.bytes.ByteSink;
import bowline.defer.Deferred;
import bowline.time.Clock;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The wire to a peer, as a protocol sees it (sections 17 and 18). Used on the reactor's thread only;
/// with debugging on, a call from another thread fails and says so.
///
/// Writing never blocks and never fails for a broken connection: bytes are copied into the outbound
/// buffer and leave together at the end of the loop's turn (TRA-2, TRA-4). Writes to a connection
/// that is closed are ignored. As a producer, a transport produces the peer's bytes (PRO-9).
public interface Transport extends ByteSink, PushProducer, Consumer {

    /// Stops reading at once, sends what was written, closes. The protocol hears of it later, by
    /// `connectionLost` with [ConnectionDone] (TRA-5). Calling it again does nothing. With a producer
    /// registered, the close waits until it unregisters (PRO-8).
    void loseConnection();

    /// Forgets the producer and closes, once what was written is sent: for a producer that cannot go on, and
    /// need not know whose bytes it makes (TRA-19).
    default void stopConsuming() {
        unregisterProducer();
        loseConnection();
    }

    /// Drops what was not sent and resets the connection; the protocol hears of it on a later turn, with
    /// [ConnectionAborted] (TRA-8).
    void abortConnection();

    /// Closes the writing side once everything written is sent (TRA-9).
    void loseWriteConnection();

    /// The address of the other end.
    Address peer();

    /// The address of this end.
    Address host();

    /// Whether the connection is open in both the socket's and our own eyes.
    boolean connected();

    /// Whether [#loseConnection] was called and the close is still to come.
    boolean disconnecting();

    /// Bytes written and not yet handed to the system.
    long unsentBytes();

    /// Bytes that have come and that the protocol has not taken: what it has left, and of what it is shown at this
    /// moment what it has not read yet. Who goes over to another language in the middle of the stream, as by
    /// startTLS, asks whether anything has come too early (M4).
    int unreadBytes();

    /// Has `step` called once, in this turn, before what was written is sent: for a layer that joins what one turn
    /// writes. What the step writes goes with it. Not called any more when the connection ends before.
    default void beforeSending(Runnable step) {
        clock().callLater(Duration.ZERO, step::run);
    }

    /// Unregisters the producer, for a layer that comes between it and this: there it is registered then, and
    /// goes on as it was. Null if there is none.
    @Nullable
    HandedProducer takeProducer();

    /// A producer on its way from one consumer to another.
    ///
    /// @param paused whether it was told to pause, and waits to be told to go on
    record HandedProducer(Producer producer, boolean paused) {}

    /// The clock of the reactor that this connection lives on.
    Clock clock();

    /// Sends `count` bytes of a file from `position` on, behind everything written so far, without
    /// copying them through the heap where the system can. Reading the file is the transport's
    /// business, closing it the caller's. The Deferred fires with the number of bytes sent, or fails
    /// when the connection ends before or the file turns out shorter.
    ///
    /// @throws IllegalStateException if a producer is registered or another file is being sent
    Deferred<Long> sendFile(FileChannel file, long position, long count);

    /// Writes bytes that will not change until they are sent, without the copy: for large buffers that
    /// the caller owns and gives up.
    default void writeOwned(java.nio.ByteBuffer bytes) {
        write(bytes);
    }
}
