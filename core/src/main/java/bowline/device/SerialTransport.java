package bowline.device;

import bowline.defer.Deferred;
import bowline.protocol.Transport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A [Transport] over a serial line. For the reactor's thread.
///
/// The line has no end that a peer could send: the connection ends when we close it, or when the device goes away
/// (unplugged, say), which is a [ConnectionLost][bowline.protocol.ConnectionLost]. `loseWriteConnection` only ends our
/// writing. After the end the methods here throw IllegalStateException.
public interface SerialTransport extends Transport {

    /// How the bits go now.
    SerialSettings settings();

    /// Changes how the bits go, from now on: what the system has not sent yet is sent the new way.
    ///
    /// @throws UnsupportedOperationException if the device does not do that; it keeps what it had
    void settings(SerialSettings newSettings);

    /// What the other end says by its lines.
    ///
    /// @throws UnsupportedOperationException if the device has no such lines
    ModemLines modemLines();

    /// Sets the line DTR: whether we are there. It is on from the opening to the closing.
    ///
    /// @throws UnsupportedOperationException if the device has no such line
    void dataTerminalReady(boolean on);

    /// Sets the line RTS: whether we take what is sent. It is on from the opening, and the system's own with
    /// [FlowControl.HARDWARE][SerialSettings.FlowControl#HARDWARE].
    ///
    /// @throws UnsupportedOperationException if the device has no such line
    void requestToSend(boolean on);

    /// Holds the line at zero for that long; fires when it is over. Let what was written go out before.
    ///
    /// A device without a wire, a pseudoterminal, does nothing meanwhile.
    ///
    /// @param length a quarter of a second is usual
    /// @throws UnsupportedOperationException if the device refuses
    Deferred<@Nullable Void> sendBreak(Duration length);

    /// Forgets what the system has received and we have not read.
    void discardInput();
}
