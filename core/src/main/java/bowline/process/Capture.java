package bowline.process;

import bowline.bytes.ByteQueue;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import java.nio.ByteBuffer;

/// Collects what a child writes, within a budget, and makes one result of it.
abstract class Capture<T> extends ProcessProtocol {
    private final Deferred<T> result = new Deferred<>(_ -> signal("TERM"));
    private final ByteQueue out = new ByteQueue();
    private final ByteQueue err = new ByteQueue();
    private final OutputOptions options;

    Capture(OutputOptions options) {
        this.options = options;
    }

    /// The end, and the Deferred has no result yet.
    abstract void ended(Failure reason);

    /// The end of a child whose Deferred has had its result before.
    void endedLate(Failure reason) {}

    final Deferred<T> result() {
        return result;
    }

    final OutputOptions options() {
        return options;
    }

    final ByteQueue out() {
        return out;
    }

    final ByteQueue err() {
        return err;
    }

    @Override
    public void outReceived(ByteBuffer unread) {
        collect(unread, out);
    }

    @Override
    public void errReceived(ByteBuffer unread) {
        collect(unread, err);
    }

    final void collect(ByteBuffer unread, ByteQueue into) {
        if (result.called()) {
            unread.position(unread.limit());
            return;
        }
        if ((long) out.size() + err.size() + unread.remaining() > options.outputMaxBytes()) {
            unread.position(unread.limit());
            signal("KILL");
            failWith(new OutputTooLong(options.outputMaxBytes()));
            return;
        }
        into.write(unread);
    }

    final void failWith(Exception reason) {
        out.clear();
        err.clear();
        transport().loseConnection();
        result.errback(reason);
    }

    private void signal(String name) {
        if (transport().pid() != null) {
            try {
                transport().signalProcess(name);
            } catch (ProcessExitedAlready gone) {
                // That is what was wanted; the loop has not heard of it yet.
            }
        }
    }

    @Override
    public final void processEnded(Failure reason) {
        if (result.called()) {
            endedLate(reason);
        } else {
            ended(reason);
        }
    }
}
