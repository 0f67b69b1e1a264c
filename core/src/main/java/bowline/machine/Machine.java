package bowline.machine;

import bowline.bytes.ByteSink;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One side of a protocol without its wire: bytes in and events out, events in and bytes out.
///
/// A machine keeps the state of its parse and never bytes: what it leaves unread is shown again with
/// more behind it, and it remembers how far it has looked, so that one byte at a time costs linear
/// time (security rule G7).
///
/// @param <E> the events of the protocol, usually a sealed interface of records
public interface Machine<E> {

    /// The next event, or null when the bytes so far end inside one. Takes from `unread` only what it
    /// has used up; an event that holds a piece of `unread` is valid only until the buffer's owner
    /// gets it back.
    ///
    /// @throws PeerViolation if the peer's bytes cannot be this protocol
    @Nullable
    E next(ByteBuffer unread);

    /// Writes `event` in the protocol's own form.
    ///
    /// @throws IllegalStateException if the event has no place in the present phase
    /// @throws IllegalArgumentException if the event cannot be written without breaking the protocol
    void send(E event, ByteSink sink);
}
