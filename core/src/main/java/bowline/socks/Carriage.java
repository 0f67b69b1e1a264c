package bowline.socks;

import java.nio.ByteBuffer;

/// What a client's connection is good for once its request is granted, until it ends.
interface Carriage {

    /// The client has sent something.
    void dataReceived(ByteBuffer unread);

    /// The client has sent all that it will.
    void readConnectionLost();

    /// The client's connection is lost. Logs what was carried.
    ///
    /// @param request what the client had asked for
    void end(String request);
}
