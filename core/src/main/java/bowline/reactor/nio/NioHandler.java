package bowline.reactor.nio;

import bowline.failure.Failure;
import java.nio.channels.SelectionKey;

/// What a selection key carries: whoever cares about its channel.
interface NioHandler {

    /// The channel is ready for `operations`.
    void ready(SelectionKey key, int operations);

    /// The reactor ends, for this reason.
    void disconnected(Failure reason);
}
