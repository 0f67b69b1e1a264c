package bowline.process;

import bowline.protocol.TransportLimits;
import bowline.time.Action;
import java.nio.ByteBuffer;

/// Whom pipes belong to: a [PipeReader] and a [PipeWriter] tell it what happens to them.
interface PipeOwner {

    /// Has `action` called on the loop's thread, on a later turn. From any thread.
    void later(Action action);

    /// Calls into the program; what escapes is dealt with.
    void call(Action callback);

    /// How much a pipe may hold.
    TransportLimits limits();

    /// More came than a limit allows: the pipe at `descriptor` will be lost for that.
    void limitPassed(int descriptor, String what);

    /// The program is shown what came, inside of [#call].
    void dataReceived(int descriptor, ByteBuffer unread) throws Exception;

    /// The pipe at `descriptor` has ended, by either side.
    void pipeLost(int descriptor);
}
