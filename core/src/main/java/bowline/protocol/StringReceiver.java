package bowline.protocol;

import bowline.machine.Machine;
import bowline.machine.PeerViolation;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What the protocols of counted strings share: [NetstringReceiver] and [IntStringReceiver].
///
/// A handler may give the connection to another protocol: what comes behind the present string is
/// still unread (INT-3).
public abstract sealed class StringReceiver extends PausableProtocol permits NetstringReceiver, IntStringReceiver {
    private final Machine<ByteBuffer> framer;

    StringReceiver(Machine<ByteBuffer> framer) {
        this.framer = framer;
    }

    /// A string has come. It is lent for this call.
    public void stringReceived(ByteBuffer string) {}

    /// Sends one string.
    public final void sendString(byte[] string) {
        sendString(ByteBuffer.wrap(string));
    }

    /// Sends one string.
    public final void sendString(ByteBuffer string) {
        framer.send(string, transport());
    }

    /// The peer sent what is no string, or too long a one. Nothing more is parsed in this delivery.
    abstract void violated(PeerViolation violation);

    @Override
    public void dataReceived(ByteBuffer unread) {
        while (wantsMore()) {
            ByteBuffer string = next(unread);
            if (string == null) {
                return;
            }
            stringReceived(string);
        }
    }

    private @Nullable ByteBuffer next(ByteBuffer unread) {
        try {
            return framer.next(unread);
        } catch (PeerViolation violation) {
            violated(violation);
            return null;
        }
    }
}
