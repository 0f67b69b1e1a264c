/// What happens to files, as events on the reactor's thread.
///
/// Start at [FileWatch#begin]; a [FileListener] hears of each [FileEvent].
///
///     system ── FolderWatcher ──▶ FolderObserver: [FileWatch] ── FileEvent ──▶ FileListener
///
/// One [FolderWatcher] sees what happens in single folders; [FileWatch] makes trees of them. A [WatchingReactor],
/// as those of `bowline.linux` are, brings its own, by inotify; for all others it is the JDK's `WatchService` with
/// a thread.
///
/// May know: reactor, log, failure. Must not know: any backend.
@NullMarked
package bowline.file;

import org.jspecify.annotations.NullMarked;
