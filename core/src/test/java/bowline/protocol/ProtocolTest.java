package bowline.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import bowline.defer.TimeoutError;
import bowline.testing.MemoryTransport;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/// What every protocol and the reasons it is told have in common (sections 17 to 21).
class ProtocolTest {

    /// FAC-5
    @Test
    void takesAndDiscardsWhateverItIsSent() {
        var transport = MemoryTransport.connect(new Protocol());
        transport.deliver("anything");

        assertEquals(0, transport.unreadBytes());
        assertEquals("", transport.text());
    }

    /// TRA-22: a value could only be ignored, so the signature has none
    @Test
    void returnsNothingFromDataReceived() throws NoSuchMethodException {
        assertEquals(
                void.class,
                Protocol.class.getMethod("dataReceived", ByteBuffer.class).getReturnType());
    }

    /// TMO-7, CON-11: who waits for a Deferred does not take a connection's time-out for its own
    @Test
    void hasTwoTimeOutsThatAreNoRelations() {
        Throwable ofConnection = new ConnectTimeout("too slow");

        assertInstanceOf(UserError.class, ofConnection);
        assertFalse(ofConnection instanceof TimeoutError);
        assertFalse(ConnectError.class.isAssignableFrom(TimeoutError.class));
    }
}
