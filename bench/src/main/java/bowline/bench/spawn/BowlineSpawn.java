package bowline.bench.spawn;

import bowline.failure.Failure;
import bowline.process.ProcessProtocol;
import bowline.process.Processes;
import bowline.process.Spawn;
import bowline.reactor.Reactor;
import java.util.Map;

/// Children of a reactor, without pipes, as those of the others are.
///
///     java … bowline.bench.spawn.BowlineSpawn BACKEND AT-A-TIME WARM-UP-MILLIS MILLIS PROGRAM
public final class BowlineSpawn {

    private BowlineSpawn() {}

    /// Starts children until the time is over.
    public static void main(String... args) {
        Reactor reactor = Reactor.create(args[0]);
        Spawn spawn = Spawn.command(args[4]).descriptors(Map.of());
        var loop = new SpawnLoop[1];
        loop[0] = new SpawnLoop(
                Integer.parseInt(args[1]),
                Long.parseLong(args[2]),
                Long.parseLong(args[3]),
                () -> Processes.spawn(
                        reactor,
                        new ProcessProtocol() {
                            @Override
                            public void processEnded(Failure reason) {
                                loop[0].ended();
                            }
                        },
                        spawn),
                reactor::stop);
        reactor.callWhenRunning(loop[0]::begin);
        reactor.run(false);
    }
}
