package bowline.handover;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.process.ProcessExitedAlready;
import bowline.process.ProcessProtocol;
import bowline.reactor.Reactor;
import bowline.reactor.Reactor.Phase;
import bowline.reactor.Reactor.SystemEventTrigger;
import bowline.time.DelayedCall;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A process that is to take our place, from its start until it says that it is ready, and after that for as long as we
/// are there.
final class Successor extends ProcessProtocol {
    private static final Logger log = Logger.of(HotRestart.class);

    private final Reactor reactor;
    private final int answer;
    private final Deferred<Long> ready = new Deferred<>();
    private long pid;
    private @Nullable DelayedCall deadline;
    private @Nullable SystemEventTrigger atShutdown;
    private boolean decided;
    private boolean serves;

    /// @param answer the descriptor that it answers by
    Successor(Reactor reactor, int answer) {
        this.reactor = reactor;
        this.answer = answer;
    }

    @Override
    public void connectionMade() {
        pid = Objects.requireNonNull(transport().pid());
    }

    /// Fires with its process number when it is ready.
    Deferred<Long> ready(Duration patience) {
        if (!decided) {
            atShutdown = reactor.addSystemEventTrigger(Phase.BEFORE, "shutdown", this::giveUp);
            deadline = reactor.callLater(patience, () -> {
                fail("process " + pid + " was not ready after " + patience.toSeconds() + " s and is ended");
                end();
            });
        }
        return ready;
    }

    /// Who asks us to stop does not want it to serve on.
    private void giveUp() {
        atShutdown = null;
        fail("this process stops, and process " + pid + " is ended with it");
        end();
    }

    private void end() {
        try {
            transport().signalProcess("KILL");
        } catch (ProcessExitedAlready already) {
            // That is what is wanted.
        }
    }

    @Override
    public void childDataReceived(int descriptor, ByteBuffer unread) {
        if (descriptor != answer || decided || unread.remaining() < Predecessor.READY.length()) {
            return;
        }
        String said = StandardCharsets.US_ASCII.decode(unread).toString();
        if (said.equals(Predecessor.READY)) {
            decide();
            serves = true;
            ready.callback(pid);
        } else {
            fail("process " + pid + " answered something else than that it is ready, and is ended");
            end();
        }
    }

    @Override
    public void processExited(Failure reason) {
        if (serves) {
            log.error("the successor, process {pid}, has ended before us: {reason}", pid, reason.message());
        } else if (!decided) {
            fail("process " + pid + " ended before it was ready: " + reason.message());
        }
    }

    private void fail(String why) {
        decide();
        ready.errback(Failure.of(new HandoverFailed(why)));
    }

    private void decide() {
        decided = true;
        if (deadline != null) {
            deadline.cancelIfActive();
        }
        if (atShutdown != null) {
            reactor.removeSystemEventTrigger(atShutdown);
        }
    }
}
