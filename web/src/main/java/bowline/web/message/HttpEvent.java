package bowline.web.message;

import java.nio.ByteBuffer;

/// One step of an HTTP conversation, sent or received, whatever the version (RFC 9110 §6). A message is a head, any
/// number of [Body] and one [End].
public sealed interface HttpEvent permits RequestHead, ResponseHead, HttpEvent.Body, HttpEvent.End {

    /// A piece of the body, lent until the event has been handled. Where it was cut means nothing.
    record Body(ByteBuffer data) implements HttpEvent {}

    /// The end of the message. `trailers` is empty unless the body was chunked (RFC 9112 §7.1.2); they are kept
    /// apart from the headers on purpose (H1-6).
    record End(Headers trailers) implements HttpEvent {

        /// The end of a message without trailers.
        public static final End PLAIN = new End(Headers.EMPTY);
    }
}
