package bowline.tls.source;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.file.FileEvent;
import bowline.file.FileListener;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import bowline.reactor.Reactor.Phase;
import bowline.reactor.Reactor.SystemEventTrigger;
import bowline.time.DelayedCall;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps identities as their files are: reads these after each change, from time to time, and when a staple ends; never
/// on the reactor's thread, and once at a time. For the reactor's thread, save what says otherwise.
final class WatchedIdentities {
    private static final Logger log = Logger.of(CertificateFolder.class);

    /// While files go on changing, they are read after so many times the time to settle.
    private static final int SETTLE_TIMES_MAX = 20;

    private final Reactor reactor;
    private final String title;
    private final IdentityFinder finder;
    private final IdentityLoader loader;
    private final FolderSight sight;
    private final FolderOptions options;
    private final IdentityNews news;
    private final ExpiryWarnings expiry = new ExpiryWarnings();

    private volatile Catalogue catalogue = Catalogue.EMPTY;
    private volatile CertificateStats stats = CertificateStats.NOTHING;
    private Reading.Result current = Reading.Result.NOTHING;
    private @Nullable String trouble;

    private boolean reading;
    private boolean again;
    private List<Deferred<CertificateStats>> waiting = new ArrayList<>();
    private @Nullable DelayedCall settling;
    private long changedSince;
    private @Nullable DelayedCall nextLook;

    private @Nullable Runnable unwatch;
    private boolean begun;
    private boolean unwatchable;
    private boolean toldUnwatched;
    private boolean closed;
    private boolean shuttingDown;
    private final SystemEventTrigger atShutdown;
    private final Runnable undescribed;

    /// @param title what it is called, for the log
    WatchedIdentities(
            Reactor reactor,
            String title,
            IdentityFinder finder,
            IdentityLoader loader,
            FolderSight sight,
            FolderOptions options) {
        this.reactor = reactor;
        this.title = title;
        this.finder = finder;
        this.loader = loader;
        this.sight = sight;
        this.options = options;
        news = new IdentityNews(title, options);
        atShutdown = reactor.addSystemEventTrigger(Phase.DURING, "shutdown", () -> {
            shuttingDown = true;
            close();
        });
        undescribed = reactor.addToDescription("certificates", this::lines);
    }

    /// Reads for the first time, and watches from now on.
    ///
    /// @return fires when there is something to serve; fails, and is closed, if there is not
    Deferred<CertificateStats> open() {
        begun = true;
        return reload().addCallback(this::somethingThere).addErrback(refused -> {
            close();
            throw refused.raise();
        });
    }

    /// Reads for the first time, at once and on this thread. It watches from [#begin] on.
    ///
    /// @throws IOException if there is nothing to serve with; this is closed then
    void readNow() throws IOException {
        try {
            took(new Reading(options, loader, reactor.now(), current).read(finder));
            stats = stats.read();
            somethingThere(stats);
        } catch (IOException refused) {
            close();
            throw refused;
        }
    }

    /// Watches, and looks whether anything has changed since it was read. Once is enough, until [#end].
    void begin() {
        if (!begun && !closed) {
            begun = true;
            look();
        }
    }

    /// Does not look any more, until [#begin] is called again; what is loaded stays.
    void end() {
        begun = false;
        cancel(settling);
        cancel(nextLook);
        Runnable watching = unwatch;
        unwatch = null;
        if (watching != null) {
            watching.run();
        }
    }

    private CertificateStats somethingThere(CertificateStats first) throws IOException {
        if (trouble != null) {
            throw new IOException("cannot read " + title + ": " + trouble);
        }
        if (first.identities() == 0) {
            throw new IOException("no certificate to serve with in " + title + ": "
                    + (current.broken().isEmpty()
                            ? "there is none"
                            : String.join(
                                    "; ",
                                    current.broken().values().stream()
                                            .map(Reading.Broken::message)
                                            .toList())));
        }
        return first;
    }

    /// The present ones. On any thread.
    Catalogue catalogue() {
        return catalogue;
    }

    /// On any thread.
    CertificateStats stats() {
        return stats;
    }

    /// Reads all files anew.
    ///
    /// @return fires when that is done, whatever came of it; fails if this was closed
    Deferred<CertificateStats> reload() {
        var done = new Deferred<CertificateStats>();
        if (closed) {
            done.errback(wasClosed());
            return done;
        }
        waiting.add(done);
        look();
        return done;
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        cancel(settling);
        cancel(nextLook);
        if (unwatch != null) {
            unwatch.run();
        }
        undescribed.run();
        if (!shuttingDown) {
            reactor.removeSystemEventTrigger(atShutdown);
        }
        List<Deferred<CertificateStats>> abandoned = waiting;
        waiting = new ArrayList<>();
        abandoned.forEach(each -> each.errback(wasClosed()));
    }

    private Failure wasClosed() {
        return Failure.of(new IllegalStateException(title + " was closed"));
    }

    private static void cancel(@Nullable DelayedCall call) {
        if (call != null && call.active()) {
            call.cancel();
        }
    }

    // When to look

    private void watch() {
        try {
            unwatch = sight.watch(new Changes());
            toldUnwatched = false;
        } catch (IOException refused) {
            if (!toldUnwatched) {
                log.warn(
                        "{title} cannot be watched, and is read every {time} instead: {why}",
                        title,
                        options.recheck(),
                        Failure.of(refused).message());
            }
            toldUnwatched = true;
        } catch (UnsupportedOperationException never) {
            unwatchable = true;
        }
    }

    private final class Changes implements FileListener {
        @Override
        public void fileChanged(FileEvent event) {
            if (!closed) {
                changed();
            }
        }

        @Override
        public void watchLost(Failure reason) {
            unwatch = null;
            if (!closed && !shuttingDown && reactor.running()) {
                log.warn("{title} is not watched any more: {why}", title, reason.message());
                changed();
            }
        }
    }

    /// Something is being written: reads when it has been quiet for a while, and after a longer while in any case.
    private void changed() {
        if (settling == null || !settling.active()) {
            changedSince = reactor.nanos();
            settling = reactor.callLater(options.settle(), this::look);
        } else if (reactor.nanos() - changedSince
                < SETTLE_TIMES_MAX * options.settle().toNanos()) {
            settling.reset(options.settle());
        }
    }

    private void look() {
        if (closed) {
            return;
        }
        if (reading) {
            again = true;
            return;
        }
        reading = true;
        again = false;
        cancel(settling);
        cancel(nextLook);
        if (begun && unwatch == null && !unwatchable) {
            watch();
        }
        List<Deferred<CertificateStats>> asked = waiting;
        waiting = new ArrayList<>();
        var job = new Reading(options, loader, reactor.now(), current);
        reactor.deferToThread(() -> job.read(finder))
                .onSuccess(this::took)
                .onFailure(this::failed)
                .<@Nullable Void>addBoth((_, _) -> looked(asked));
    }

    // What came of it

    private void took(Reading.Result result) {
        if (closed) {
            return;
        }
        trouble = null;
        if (result.found() == 0 && !current.identities().isEmpty()) {
            news.tellEmpty();
            return;
        }
        Reading.Result before = current;
        current = result;
        catalogue = Catalogue.of(result.identities().values(), options.defaultName(), reactor.now());
        count(before, result);
        news.tell(before, result, catalogue);
    }

    private void count(Reading.Result before, Reading.Result now) {
        long loads = now.identities().values().stream()
                .filter(each -> !each.equals(before.identities().get(each.name())))
                .count();
        long failures = now.broken().entrySet().stream()
                .filter(each -> !each.getValue().isAs(before.broken().get(each.getKey())))
                .count();
        stats = new CertificateStats(
                now.identities().size(),
                now.broken().size(),
                stats.readings(),
                stats.loads() + loads,
                stats.failures() + failures,
                now.identities().values().stream()
                        .map(LoadedIdentity::end)
                        .min(Instant::compareTo)
                        .orElse(null));
    }

    private void failed(Failure failure) {
        String why = failure.message();
        if (!closed && stats.readings() > 0 && !why.equals(trouble)) {
            log.error("cannot read {title}, the former certificates go on: {why}", title, why);
        }
        trouble = why;
    }

    private @Nullable Void looked(List<Deferred<CertificateStats>> asked) {
        reading = false;
        if (closed) {
            asked.forEach(each -> each.errback(wasClosed()));
            return null;
        }
        stats = stats.read();
        expiry.tell(current.identities().values(), reactor.now());
        if (begun) {
            nextLook = reactor.callLater(untilNextLook(), this::look);
        }
        if (again || !waiting.isEmpty()) {
            look();
        }
        asked.forEach(each -> each.callback(stats));
        return null;
    }

    /// Until a staple ends, a certificate's end comes near, or it is time to look in any case.
    private Duration untilNextLook() {
        Instant now = reactor.now();
        Collection<LoadedIdentity> all = current.identities().values();
        return Stream.concat(
                        Stream.ofNullable(ExpiryWarnings.next(all, now)),
                        all.stream().map(LoadedIdentity::stapleEnd).filter(Objects::nonNull))
                .map(point -> Duration.between(now, point))
                .filter(Duration::isPositive)
                .filter(wait -> wait.compareTo(options.recheck()) < 0)
                .min(Duration::compareTo)
                .orElse(options.recheck());
    }

    private List<String> lines() {
        return current.identities().values().stream()
                .map(LoadedIdentity::toString)
                .toList();
    }
}
