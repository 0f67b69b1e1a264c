package bowline.examples;

import bowline.log.Log;
import bowline.process.Spawn;
import bowline.reactor.Reactor;
import bowline.service.Application;
import bowline.supervise.MonitorOptions;
import bowline.supervise.ProcessMonitor;
import java.time.Duration;

/// Keeps two programs running: a clock that never ends by itself, and one that fails at once, and is started again
/// after a tenth of a second, then two tenths, and so on up to a second.
///
///     ./bowline example keep-running
public final class KeepRunning {

    private KeepRunning() {}

    /// Runs until Ctrl-C, which ends both programs too.
    public static void main(String... args) {
        Log.startLogging(System.out);
        Reactor reactor = Reactor.create();
        var monitor = new ProcessMonitor(
                reactor, MonitorOptions.USUAL.restartDelays(Duration.ofMillis(100), Duration.ofSeconds(1)));
        monitor.add("clock", Spawn.command("sh", "-c", "while date +%T; do sleep 1; done"));
        monitor.add("fails", Spawn.command("sh", "-c", "echo cannot cope >&2; exit 3"));

        var app = new Application("keep-running");
        app.add(monitor);
        app.startOn(reactor);
        reactor.run();
    }
}
