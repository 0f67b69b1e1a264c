package bowline.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.failure.Failure;
import bowline.process.ProcessProtocol;
import bowline.process.ProcessTransport;
import bowline.process.Spawn;
import bowline.protocol.ConnectionDone;
import bowline.supervise.MonitorOptions;
import bowline.supervise.ProcessMonitor;
import bowline.testing.ManualClock;
import bowline.time.DelayedCall;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RUN-6: the same deaths of a child, in virtual time, make our monitor and Twisted's start it at the same moments.
class ProcmonPeersTest {

    /// When each child is started, in milliseconds.
    private static List<Long> ours(MonitorOptions options, List<Integer> lifetimes) {
        var clock = new ManualClock();
        long origin = clock.nanos();
        Deque<Integer> lives = new ArrayDeque<>(lifetimes);
        var starts = new ArrayList<Long>();
        var monitor = new ProcessMonitor(
                clock,
                (protocol, spawn) -> {
                    starts.add((clock.nanos() - origin) / 1_000_000);
                    ProcessTransport child = child();
                    protocol.makeConnection(child);
                    Integer life = lives.poll();
                    if (life != null) {
                        clock.callLater(Duration.ofMillis(life), () -> end(protocol));
                    }
                    return child;
                },
                options);
        monitor.add("child", Spawn.command("child"));
        monitor.start();
        while (starts.size() <= lifetimes.size()) {
            long next = clock.delayedCalls().stream()
                    .mapToLong(DelayedCall::time)
                    .min()
                    .orElseThrow();
            clock.advance(Duration.ofNanos(next - clock.nanos()));
        }
        return starts;
    }

    private static void end(ProcessProtocol protocol) {
        Failure reason = ConnectionDone.FAILURE;
        protocol.processExited(reason);
        protocol.childConnectionLost(1);
        protocol.childConnectionLost(2);
        protocol.processEnded(reason);
    }

    /// A child that lives, and takes what it is told without a word.
    private static ProcessTransport child() {
        return (ProcessTransport) Proxy.newProxyInstance(
                ProcmonPeersTest.class.getClassLoader(),
                new Class<?>[] {ProcessTransport.class},
                (_, method, _) -> method.getName().equals("pid") ? 1L : null);
    }

    private static List<Long> twisteds(MonitorOptions options, List<Integer> lifetimes) throws Exception {
        Stream<Object> words = Stream.concat(
                Stream.of(
                        Foreign.python("twisted"),
                        Foreign.script("twisted_procmon.py"),
                        options.threshold().toMillis(),
                        options.minRestartDelay().toMillis(),
                        options.maxRestartDelay().toMillis()),
                lifetimes.stream());
        Foreign.Result result = Foreign.run(words.map(String::valueOf).toArray(String[]::new));
        assertEquals("", result.err());
        return result.text().lines().map(Long::valueOf).toList();
    }

    private static void agree(MonitorOptions options, List<Integer> lifetimes) throws Exception {
        List<Long> theirs = twisteds(options, lifetimes);
        assertEquals(lifetimes.size() + 1, theirs.size());
        assertEquals(theirs, ours(options, lifetimes), options + " " + lifetimes);
    }

    @ParameterizedTest
    @CsvSource({
        "'one that always dies at once', '0 0 0 0 0 0 0'",
        "'one that lives just too short, and just long enough', '999 1000 999 1000 1001'",
        "'the delay begins anew after a long life', '10 10 10 5000 10 10 2000 10'",
    })
    @DisplayName("RUN-6: with the usual delays")
    void usual(String what, String lifetimes) throws Exception {
        agree(
                MonitorOptions.USUAL,
                Stream.of(lifetimes.split(" ")).map(Integer::valueOf).toList());
    }

    @Test
    @DisplayName("RUN-6: up to the longest delay and no further")
    void theLongestDelay() throws Exception {
        MonitorOptions options = MonitorOptions.USUAL.restartDelays(Duration.ofSeconds(3), Duration.ofSeconds(10));
        agree(options, List.of(0, 0, 0, 0, 0, 5000, 0, 0));
    }

    @Test
    @DisplayName("RUN-6: at random")
    void random() throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        System.out.println("seed " + seed);
        for (int round = 0; round < 5; round++) {
            MonitorOptions options = MonitorOptions.USUAL
                    .threshold(Duration.ofMillis(1
                            + 2
                                    * random.nextInt(
                                            1500))) // odd, and lives even: what is just as long is for exact numbers
                    .restartDelays(
                            Duration.ofMillis(random.nextInt(1, 2000)), Duration.ofMillis(random.nextInt(2000, 9000)));
            agree(
                    options,
                    random.ints(random.nextInt(1, 40), 0, 2000)
                            .map(half -> 2 * half)
                            .boxed()
                            .toList());
        }
    }
}
