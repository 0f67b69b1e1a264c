package bowline.reactor.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a reactor is, does and waits for at one moment, for people by [#toString] and for programs by [#json]. Its size
/// is bounded, however much the reactor has open ([ReactorContents#SHOWN_MAX]).
///
/// @param reactor its number in the process
/// @param thread the name of its thread; `not running` when it has none
/// @param state where it stands
/// @param at the calendar time
/// @param age how long ago it was made
/// @param stats what it has done so far
/// @param stack the stack of its thread, innermost first, when it is stuck; otherwise empty
/// @param contents what it has open and waits for; null when it could not be asked, or has ended
public record ReactorDescription(
        int reactor,
        String thread,
        State state,
        Instant at,
        Duration age,
        ReactorStats stats,
        List<String> stack,
        @Nullable ReactorContents contents) {

    /// How many lines of the stack of a stuck reactor are shown.
    public static final int STACK_MAX = 60;

    /// Where a reactor stands.
    public enum State {
        /// It has not run yet, or was left by a crash.
        NOT_RUNNING("not running"),
        /// It runs.
        RUNNING("running"),
        /// It runs, but did not answer in time: a callback lasts too long.
        STUCK("stuck"),
        /// It has ended.
        ENDED("ended");

        private final String words;

        State(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /// Keeps what is given from being changed.
    public ReactorDescription {
        stack = List.copyOf(stack);
    }

    /// The description as an object of JSON (RFC 8259) on one line: the names are those of the records, times in
    /// seconds, moments as of ISO 8601.
    public String json() {
        return DescriptionJson.of(this);
    }

    /// The description for people, in lines that each end with a newline.
    @Override
    public String toString() {
        return DescriptionText.of(this);
    }
}
