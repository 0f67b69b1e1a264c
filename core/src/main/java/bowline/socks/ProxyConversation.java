package bowline.socks;

import bowline.bytes.ByteSink;
import java.nio.ByteBuffer;

/// What is said to one proxy until it has connected.
interface ProxyConversation {

    /// Says the first word.
    void begin(ByteSink sink);

    /// Takes what the proxy says, answers it, and tells whether the connection is there. What comes behind stays
    /// unread.
    ///
    /// @throws ProxyError if the proxy refuses
    /// @throws bowline.machine.PeerViolation if it does not speak the protocol
    boolean advance(ByteBuffer unread, ByteSink sink) throws ProxyError;
}
