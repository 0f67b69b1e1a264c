package bowline.protocol;

import bowline.framing.LengthFramer;
import bowline.framing.StringLimits;
import bowline.log.Logger;
import java.nio.ByteBuffer;
import java.util.Map;

/// A protocol of counted strings in which each string is handled by the present state (STF-1): a map of states and
/// their handlers, each of which names the next.
///
///     super(LengthFramer.Prefix.INT16, StringLimits.DEFAULT);
///     …
///     protected Map<String, Handler> states() {
///         return Map.of("init", this::greeting, "command", this::command);
///     }
///
/// It begins in [#INIT]; [#DONE] closes the connection. A string that comes in a state without a handler is logged and
/// dropped.
public abstract class StatefulStringProtocol extends IntStringReceiver {

    /// The first state.
    public static final String INIT = "init";

    /// The last state: the connection is lost when it is reached.
    public static final String DONE = "done";

    private static final Logger log = Logger.of(StatefulStringProtocol.class);

    private String state = INIT;

    /// For strings behind a length as wide as `prefix`, within `limits`.
    protected StatefulStringProtocol(LengthFramer.Prefix prefix, StringLimits limits) {
        super(prefix, limits);
    }

    /// Handles the strings of one state.
    @FunctionalInterface
    public interface Handler {

        /// Handles one string.
        ///
        /// @param string lent for this call
        /// @return the next state
        String handle(ByteBuffer string);
    }

    /// The states and who handles their strings; asked for each string.
    protected abstract Map<String, Handler> states();

    /// The present state.
    public final String state() {
        return state;
    }

    @Override
    public final void stringReceived(ByteBuffer string) {
        Handler handler = states().get(state);
        if (handler == null) {
            log.warn(
                    "a string of {bytes} bytes came in state {state}, which has no handler", string.remaining(), state);
            return;
        }
        state = handler.handle(string);
        if (state.equals(DONE)) {
            transport().loseConnection();
        }
    }
}
