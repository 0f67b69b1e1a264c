package bowline.protocol;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A protocol whose every step needs a number of bytes that is known before (STF-2): a handler is given exactly that
/// many, and says who gets how many next.
///
///     class Header extends StatefulProtocol {
///         @Override protected Next initial() {
///             return next(2, this::length);
///         }
///         private @Nullable Next length(ByteBuffer bytes) {
///             return next(bytes.getShort() & 0xFFFF, this::body);
///         }
///         …
///     }
///
/// What is not there yet waits in the transport. More than [#stepMaxBytes] cannot be asked for, so that a length that
/// the peer announces does not decide how much is kept (G1).
public abstract class StatefulProtocol extends PausableProtocol {

    /// Most bytes of one step, unless told otherwise.
    public static final int STEP_MAX_BYTES = 99_999;

    private final int stepMaxBytes;
    private @Nullable Next next;

    /// With steps of at most [#STEP_MAX_BYTES].
    protected StatefulProtocol() {
        this(STEP_MAX_BYTES);
    }

    /// With steps of at most `stepMaxBytes`.
    protected StatefulProtocol(int stepMaxBytes) {
        if (stepMaxBytes < 1) {
            throw new IllegalArgumentException("stepMaxBytes " + stepMaxBytes + " is less than 1");
        }
        this.stepMaxBytes = stepMaxBytes;
    }

    /// Takes the bytes of one step, lent for this call.
    @FunctionalInterface
    public interface Handler {

        /// Handles the bytes of one step.
        ///
        /// @return who gets how many bytes next; null: the same again
        @Nullable
        Next handle(ByteBuffer bytes);
    }

    /// A step to come.
    ///
    /// @param bytes how many it needs
    /// @param handler who gets them
    public record Next(int bytes, Handler handler) {

        /// Checks the number.
        public Next {
            Objects.requireNonNull(handler);
            if (bytes < 0) {
                throw new IllegalArgumentException("a step of " + bytes + " bytes");
            }
        }
    }

    /// The first step.
    protected abstract Next initial();

    /// A step of `bytes` bytes for `handler`.
    protected static Next next(int bytes, Handler handler) {
        return new Next(bytes, handler);
    }

    /// A handler asks for more than a step may have: usually because the peer announced it. By default the
    /// connection is lost.
    protected void stepLimitExceeded(int bytes) {
        transport().loseConnection();
    }

    @Override
    public final void dataReceived(ByteBuffer unread) {
        while (wantsMore()) {
            Next step = next == null ? initial() : next;
            next = step;
            if (step.bytes > stepMaxBytes) {
                stepLimitExceeded(step.bytes);
                return;
            }
            if (unread.remaining() < step.bytes) {
                return;
            }
            ByteBuffer bytes = unread.slice(unread.position(), step.bytes);
            unread.position(unread.position() + step.bytes);
            Next chosen = step.handler.handle(bytes);
            if (chosen == null && step.bytes == 0) {
                throw new IllegalStateException("a step of no bytes in " + logPrefix()
                        + " wants itself again: that would never end; name another step");
            }
            next = chosen == null ? step : chosen;
        }
    }
}
