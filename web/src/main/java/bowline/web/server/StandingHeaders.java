package bowline.web.server;

import bowline.time.Clock;
import bowline.web.message.Headers;
import bowline.web.message.HttpDate;
import java.time.Instant;
import java.util.function.Supplier;

/// `Date` and `Server`, made again when the second changes and not for each response (RFC 9110 §6.6.1).
final class StandingHeaders implements Supplier<Headers> {
    private static final long SECOND_NANOS = 1_000_000_000;

    private final Clock clock;
    private final String serverName;
    private Headers headers = Headers.EMPTY;
    private long validUntil;

    StandingHeaders(Clock clock, String serverName) {
        this.clock = clock;
        this.serverName = serverName;
        renew(clock.nanos());
    }

    /// What was right when the clock was last looked at: once for all responses of a turn.
    @Override
    public Headers get() {
        return headers;
    }

    void lookAtClock() {
        long nanos = clock.nanos();
        if (nanos - validUntil >= 0) {
            renew(nanos);
        }
    }

    private void renew(long nanos) {
        Instant now = clock.now();
        var builder = Headers.builder();
        if (!serverName.isEmpty()) {
            builder.add("Server", serverName);
        }
        headers = builder.add("Date", HttpDate.format(now.getEpochSecond())).build();
        validUntil = nanos + SECOND_NANOS - now.getNano();
    }
}
