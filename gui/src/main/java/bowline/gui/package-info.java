/// Reactors whose callbacks run on a GUI toolkit's event thread, so that they may touch windows, and what windows do
/// may touch connections (REA-14).
///
///     Reactor reactor = Reactor.create("swing");       // or "javafx", or -Dbowline.reactor=swing
///     SwingUtilities.invokeLater(() -> show(reactor)); // build the window where Swing wants it built
///     reactor.run();                                   // this thread waits, until reactor.stop()
///
/// The toolkit owns the event thread. The thread that calls `run()` waits for I/O, for timed calls and for calls from
/// other threads, then has one turn of the reactor run between two events of the toolkit: at most one is under way, and
/// the window stays alive however busy the network is. A program that is on the event thread already starts the reactor
/// with `Thread.ofPlatform().start(reactor::run)`.
///
/// - **Set-up** happens before `run()` on the thread that will call it, or later on the event thread. Listeners of
///   buttons and windows may call the reactor and its transports as callbacks do.
/// - **The end.** The reactor does not close windows. `dispose()` the last one and call `stop()` when the user
/// closes it. `stop()` called by a listener is heard at once, the shutdown runs on the event thread, then `run()`
/// returns.
/// - **Modal dialogs.** While one is open that a listener opened, the reactor goes on. A turn never begins inside
///   a callback of the reactor: a dialog that such a callback opens itself stops the network until it is closed.
///   Open it with `SwingUtilities.invokeLater` or `Platform.runLater`, and the reactor goes on.
/// - **Work that takes long** freezes the window as it holds up connections: use `reactor.deferToThread`.
/// - **Coroutines** (`reactor.async`) run while the event thread waits for them, but on a virtual thread, which the
///   toolkit does not know as its own. From inside one, touch windows by `invokeLater` or `runLater`.
///
/// Start at [SwingProvider], [JavaFxProvider]; another toolkit is one more `bowline.reactor.ReactorHost`.
///
/// May know: reactor, the toolkits. Must not know: backends, protocols.
@NullMarked
package bowline.gui;

import org.jspecify.annotations.NullMarked;
