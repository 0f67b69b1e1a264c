package bowline.web.client;

import bowline.failure.Failure;
import java.nio.ByteBuffer;

/// Takes the body of a response as it comes.
public interface BodyReceiver {

    /// A piece, lent for this call. Where it was cut means nothing.
    void bodyReceived(ByteBuffer piece);

    /// The body is whole. The last call.
    void bodyEnded();

    /// The body will not become whole. The last call.
    ///
    /// @param reason a [ResponseFailed]
    void bodyFailed(Failure reason);
}
