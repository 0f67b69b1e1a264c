package bowline.supervise;

import java.time.Duration;

/// A program that a super-server has started and that is still there.
interface RunningProgram {

    /// Ends it within that time.
    void kill(Duration patience);
}
