package bowline.reactor.nio;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.nio.ByteBuffer;
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

    /// A coroutine that goes on inside a monitor takes it along when it waits again, and the loop stands still.
    @Test
    void handlersAreCalledOutsideOfMonitors() {
        var server = Factory.of(() -> new Protocol() {
            @Override
            public void connectionMade() {
                seen.add(monitors());
                transport().write(new byte[1]);
            }
        });
        reactor.async(() -> {
            var there = ClientEndpoint.of(
                    reactor, "tcp:127.0.0.1:" + reactor.listenTcp(0, server).port());
            there.connectProtocol(new Protocol() {
                @Override
                public void dataReceived(ByteBuffer unread) {
                    seen.add(monitors());
                    reactor.stop();
                }
            });
        });
        reactor.run(false);

        assertThat(seen).containsExactly(List.of(), List.of());
    }

    private static List<MonitorInfo> monitors() {
        long here = Thread.currentThread().threadId();
        ThreadInfo[] all = ManagementFactory.getThreadMXBean().getThreadInfo(new long[] {here}, true, false);
        return List.of(all[0].getLockedMonitors());
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
