package bowline.tls.source;

import bowline.log.LogLevel;
import bowline.log.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells in time that a certificate expires: 30, 7 and 1 day before, and when it has. Each once.
final class ExpiryWarnings {
    private static final Logger log = Logger.of(CertificateFolder.class);
    private static final List<Duration> BEFORE = List.of(Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(1));

    /// The last moment of a certificate belongs to it.
    private static final Duration PAST = Duration.ofSeconds(1);

    /// How many warnings each has had, by its fingerprint.
    private Map<String, Integer> told = Map.of();

    /// Tells what is to be told of `identities` at `now`, and forgets all others.
    void tell(Collection<LoadedIdentity> identities, Instant now) {
        Map<String, Integer> all = new HashMap<>();
        for (LoadedIdentity each : identities) {
            int due = due(each, now);
            if (due > told.getOrDefault(each.fingerprint(), 0)) {
                tell(each, now);
            }
            all.put(each.fingerprint(), due);
        }
        told = all;
    }

    /// How many points in time have passed.
    private static int due(LoadedIdentity identity, Instant now) {
        int due = 0;
        for (Instant point : points(identity)) {
            due += now.isBefore(point) ? 0 : 1;
        }
        return due;
    }

    private static List<Instant> points(LoadedIdentity identity) {
        Instant end = identity.end();
        return List.of(end.minus(BEFORE.get(0)), end.minus(BEFORE.get(1)), end.minus(BEFORE.get(2)), end.plus(PAST));
    }

    private static void tell(LoadedIdentity identity, Instant now) {
        if (identity.expired(now)) {
            log.error(
                    "the certificate in {name} for {hosts} has expired at {end}: clients refuse it; put a new one in its place",
                    identity.name(),
                    identity.names(),
                    identity.end());
            return;
        }
        Duration left = Duration.between(now, identity.end());
        log.emit(
                left.compareTo(BEFORE.getLast()) <= 0 ? LogLevel.ERROR : LogLevel.WARN,
                "the certificate in {name} for {hosts} expires in {left}, at {end}; renew it",
                identity.name(),
                identity.names(),
                words(left),
                identity.end());
    }

    private static String words(Duration left) {
        return left.compareTo(Duration.ofDays(2)) >= 0 ? left.toDays() + " days" : left.toHours() + " hours";
    }

    /// When the next is to be told; null if there is no more.
    static @Nullable Instant next(Collection<LoadedIdentity> identities, Instant now) {
        return identities.stream()
                .flatMap(each -> points(each).stream())
                .filter(point -> point.isAfter(now))
                .min(Instant::compareTo)
                .orElse(null);
    }
}
