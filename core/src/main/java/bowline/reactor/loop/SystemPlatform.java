package bowline.reactor.loop;

import bowline.reactor.Reactor;
import bowline.reactor.Resolver;
import bowline.reactor.ThreadPool;
import bowline.reactor.threads.ElasticThreadPool;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The machine and the JVM that this program runs on.
final class SystemPlatform implements Platform {
    private final SocketFiles socketFiles = new SystemSocketFiles();

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public ThreadPool threadPool(int maxThreads) {
        return new ElasticThreadPool("bowline.reactor", 0, maxThreads);
    }

    @Override
    public Resolver resolver(Reactor reactor) {
        return new SystemResolver(reactor);
    }

    @Override
    public void whileWaitingFor(Future<?> answer) {
        // others do what is needed
    }

    @Override
    public SocketFiles socketFiles() {
        return socketFiles;
    }

    @Override
    public Subscription lookEvery(Duration step, String threadName, Runnable look) {
        Thread looker = Thread.ofPlatform()
                .name(threadName)
                .daemon()
                .inheritInheritableThreadLocals(false)
                .start(() -> {
                    while (slept(step)) {
                        look.run();
                    }
                });
        return looker::interrupt;
    }

    private static boolean slept(Duration step) {
        try {
            Thread.sleep(step);
            return true;
        } catch (InterruptedException ended) {
            return false;
        }
    }

    @Override
    public Subscription signals(Consumer<@Nullable String> subscriber) {
        return Signals.subscribe(subscriber);
    }
}
