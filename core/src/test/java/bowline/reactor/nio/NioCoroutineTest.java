package bowline.reactor.nio;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.reactor.Reactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Section 7 on a real loop.
@Timeout(30)
class NioCoroutineTest {
    private final Reactor reactor = Reactor.create("nio");
    private final List<Object> seen = new ArrayList<>();

    /// COR-1, COR-2, THR-10
    @Test
    void waitsForTimersAndThreadsWhileTheLoopGoesOn() {
        reactor.async(() -> {
            seen.add("before the loop runs");
            Deferred<String> timer = new Deferred<>();
            reactor.callLater(Duration.ofMillis(1), () -> timer.callback("timer"));
            seen.add(timer.await());
            seen.add(reactor.deferToThread(() -> "pool thread").await());
            seen.add(reactor.isInIoThread());
            reactor.stop();
        });
        reactor.run(false);

        assertThat(seen).containsExactly("before the loop runs", "timer", "pool thread", true);
    }

    @Test
    void endsACoroutineThatStillWaitsWhenTheReactorStops() {
        reactor.async(() -> {
            try {
                new Deferred<String>().await();
            } finally {
                seen.add("cleaned up");
            }
        });
        reactor.callWhenRunning(reactor::stop);
        reactor.run(false);

        assertThat(seen).containsExactly("cleaned up");
    }
}
