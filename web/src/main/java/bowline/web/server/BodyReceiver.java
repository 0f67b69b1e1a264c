package bowline.web.server;

import bowline.failure.Failure;
import bowline.web.message.Headers;
import java.nio.ByteBuffer;

/// Takes the body of a request as it comes, on the reactor's thread.
public interface BodyReceiver {

    /// A piece of it, lent for this call.
    void bodyReceived(ByteBuffer piece);

    /// All of it has come.
    ///
    /// @param trailers fields behind a chunked body, usually none; never to be mixed with the headers (H1-6)
    void bodyEnded(Headers trailers);

    /// The rest of it will not come.
    ///
    /// @param reason why: the connection is gone, or the client broke the protocol
    void bodyFailed(Failure reason);
}
