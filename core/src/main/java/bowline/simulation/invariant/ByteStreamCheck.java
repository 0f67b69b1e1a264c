package bowline.simulation.invariant;

import bowline.failure.Failure;
import bowline.protocol.ConnectionDone;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// One direction of a connection: no byte is lost or invented. What comes is a prefix of what was sent, and all of it
/// if both sides ended in good order. For the simulation's thread.
public final class ByteStreamCheck {
    private final String name;
    private final Sent sent = new Sent();
    private int received;
    private boolean senderFinished;
    private boolean senderFailed;

    /// What was sent, readable in place.
    private static final class Sent extends ByteArrayOutputStream {
        byte at(int index) {
            return buf[index];
        }
    }

    /// @param name what to call it in error messages, such as `client to server`
    public ByteStreamCheck(String name) {
        this.name = name;
    }

    /// The sender writes these; told before they are written.
    public void sent(byte[] bytes) {
        if (senderFinished) {
            throw new AssertionError(name + ": the test sends after it said it was finished");
        }
        sent.writeBytes(bytes);
    }

    /// The sender closes its direction in good order and sends no more.
    public void senderFinished() {
        senderFinished = !senderFailed;
    }

    /// The sender's connection has ended before it could send everything, or its host with it: the receiver is owed
    /// no more than a prefix.
    public void senderFailed() {
        senderFinished = false;
        senderFailed = true;
    }

    /// The receiver got these, all of which are taken.
    ///
    /// @throws AssertionError if they are not what was sent next
    public void received(ByteBuffer unread) {
        while (unread.hasRemaining()) {
            byte next = unread.get();
            if (received == sent.size()) {
                throw new AssertionError(name + ": byte " + received + " (" + next + ") was never sent");
            }
            if (sent.at(received) != next) {
                throw new AssertionError(
                        name + ": byte " + received + " is " + next + ", and " + sent.at(received) + " was sent");
            }
            received++;
        }
    }

    /// The receiver's connection has ended, for this reason.
    ///
    /// @throws AssertionError if it ended in good order before everything came
    public void receiverEnded(Failure reason) {
        if (reason.check(ConnectionDone.class) != null) {
            receiverSawTheEnd();
        }
    }

    /// The receiver was told that no more will come.
    ///
    /// @throws AssertionError if not everything has come
    public void receiverSawTheEnd() {
        if (senderFinished && !whole()) {
            throw new AssertionError(
                    name + ": " + received + " of " + sent.size() + " bytes came before an end in good order");
        }
    }

    /// Whether all that was sent has come.
    public boolean whole() {
        return received == sent.size();
    }

    /// How many bytes have come.
    public int receivedBytes() {
        return received;
    }

    @Override
    public String toString() {
        return name + ": " + received + " of " + sent.size() + " bytes" + (senderFinished ? ", finished" : "");
    }
}
