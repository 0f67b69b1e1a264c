package bowline.run;

import bowline.handover.Predecessor;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a process does when it serves, if it was started as the successor of another: it takes the other's pid file and
/// lets it go.
///
/// @param before the predecessor; null if there is none, and only the service manager waits for the word
/// @param pidFile which is still the predecessor's; null for none
/// @param first the reactor on whose thread this is
record Takeover(@Nullable Predecessor before, @Nullable PidFile pidFile, Reactor first) {
    private static final Logger log = Logger.of("bowline");

    /// By then the predecessor has told the service manager who the service is now; before, it may not listen to
    /// us.
    private static final Duration INTRODUCED = Duration.ofSeconds(1);

    /// The services have started.
    void complete(String status, Told told) {
        if (before == null) {
            told.ready(status);
            return;
        }
        takePidFile();
        try {
            List<String> unwanted = before.ready(first);
            if (!unwanted.isEmpty()) {
                log.warn("nobody here listens any more at what the predecessor listened at: {ports}", unwanted);
            }
        } catch (IOException gone) {
            log.warn("{predecessor} does not hear that we are ready: {reason}", before, Refusal.reason(gone));
        }
        first.callLater(INTRODUCED, () -> told.ready(status));
    }

    private void takePidFile() {
        try {
            if (pidFile != null) {
                pidFile.claim();
            }
        } catch (Refusal refused) {
            log.error("{reason}", refused.getMessage());
        }
    }
}
