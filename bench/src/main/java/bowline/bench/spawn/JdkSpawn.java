package bowline.bench.spawn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/// Children of the JDK's `ProcessBuilder`, without pipes; one thread starts them and hears of their ends.
///
///     java … bowline.bench.spawn.JdkSpawn AT-A-TIME WARM-UP-MILLIS MILLIS PROGRAM
public final class JdkSpawn {

    private JdkSpawn() {}

    /// Starts children until the time is over.
    public static void main(String... args) throws InterruptedException {
        var steps = new LinkedBlockingQueue<Runnable>();
        Executor onMain = steps::add;
        var builder = new ProcessBuilder(args[3])
                .redirectInput(Redirect.from(Redirect.DISCARD.file()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        var loop = new SpawnLoop[1];
        boolean[] done = new boolean[1];
        loop[0] = new SpawnLoop(
                Integer.parseInt(args[0]),
                Long.parseLong(args[1]),
                Long.parseLong(args[2]),
                () -> {
                    var _ = start(builder).onExit().thenRunAsync(() -> loop[0].ended(), onMain);
                },
                () -> done[0] = true);
        loop[0].begin();
        while (!done[0]) {
            steps.take().run();
        }
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
