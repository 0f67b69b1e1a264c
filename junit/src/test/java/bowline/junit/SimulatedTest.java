package bowline.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.framing.LineFramer;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ClientCreator;
import bowline.simulation.Simulation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// [Simulated]: how often it runs, what it reports, and that the line it prints repeats the case.
class SimulatedTest {
    private static int runs;

    /// Takes it for granted that a message arrives in one piece, which only a cut disproves.
    static final class Naive extends Protocol {
        final Deferred<String> heard = new Deferred<>();

        @Override
        public void dataReceived(ByteBuffer unread) {
            byte[] all = new byte[unread.remaining()];
            unread.get(all);
            if (!heard.called()) {
                heard.callback(new String(all, StandardCharsets.US_ASCII));
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            if (!heard.called()) {
                heard.errback(reason);
            }
        }
    }

    static class Greeter extends Protocol {
        @Override
        public void connectionMade() {
            transport().write("hello".getBytes(StandardCharsets.US_ASCII));
            transport().loseConnection();
        }
    }

    /// Never run; its class file is read.
    static final class Hasty {
        long time() {
            return System.nanoTime();
        }
    }

    @ExtendWith(OnlyWhenAsked.class)
    static class Cases {
        @Simulated(seeds = 25)
        void counts(Simulation world) {
            runs++;
            assertThat(world.seed()).isEqualTo(runs);
        }

        @Simulated(seeds = 25, deterministic = Hasty.class)
        void looksAtTheClock(Simulation world) {
            runs++;
        }

        @Simulated(seeds = 25, deterministicPackagesOf = SimulatedTest.class)
        void looksAtTheClockSomewhere(Simulation world) {
            runs++;
        }

        @Simulated(
                seeds = 25,
                deterministic = {Naive.class, Greeter.class},
                deterministicPackagesOf = LineFramer.class)
        void isDeterministic(Simulation world) {
            runs++;
        }

        @Simulated(seeds = 200)
        void findsTheCut(Simulation world) throws Exception {
            runs++;
            var server = world.host("server");
            var client = world.host("client");
            world.between(server, client)
                    .latency(Duration.ofMillis(1), Duration.ofMillis(90))
                    .cutAnywhere()
                    .losses(0.1);
            server.start(reactor -> reactor.listenTcp(7, Factory.of(Greeter::new)));
            var heard = client.start(reactor -> new ClientCreator<>(reactor, Naive::new)
                    .connectTcp("server", 7)
                    .addCallbackDeferring(naive -> naive.heard));
            world.runUntil(heard, Duration.ofMinutes(5));
            assertThat(heard.result()).isEqualTo("hello");
        }
    }

    private static String failureOf(String method) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(Cases.class, method, Simulation.class))
                .configurationParameter(OnlyWhenAsked.PARAMETER, "yes")
                .build();
        var failures = new ArrayList<String>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(thrown -> failures.add(thrown.toString()));
            }
        });
        return String.join("\n", failures);
    }

    @Test
    void runsUnderSoManySeeds() {
        runs = 0;

        assertThat(failureOf("counts")).isEmpty();

        assertThat(runs).isEqualTo(25);
    }

    @Test
    void refusesAProgramThatNoSeedDecides() {
        runs = 0;

        for (String method : List.of("looksAtTheClock", "looksAtTheClockSomewhere")) {
            assertThat(failureOf(method))
                    .contains("calls whose answers no seed decides")
                    .contains("Hasty.time, line ")
                    .contains("calls java.lang.System.nanoTime; use the reactor's now()");
        }
        assertThat(runs).isZero();

        assertThat(failureOf("isDeterministic")).isEmpty();
        assertThat(runs).isEqualTo(25);
    }

    @Test
    void makesAFailingCaseSmallAndPrintsWhatRepeatsIt() {
        runs = 0;

        String failure = failureOf("findsTheCut");
        System.out.println(failure);

        assertThat(failure)
                .contains("seeds failed: [", "-Dbowline.simulate=\"seed=")
                .doesNotContain("loss@");
    }
}
