package bowline.web.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.endpoint.TcpServerEndpoint;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ConnectError;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ClientCreator;
import bowline.reactor.Reactor;
import bowline.service.ServerService;
import bowline.simulation.ManySeeds;
import bowline.simulation.SimulatedHost;
import bowline.simulation.Simulation;
import bowline.simulation.invariant.ConnectionLives;
import bowline.simulation.invariant.Weather;
import bowline.task.Later;
import bowline.web.client.Agent;
import bowline.web.client.ClientResponse;
import bowline.web.client.HttpStatusError;
import bowline.web.client.ResponseFailed;
import bowline.web.file.StaticFiles;
import bowline.web.server.AccessLog;
import bowline.web.server.Resource;
import bowline.web.server.ServerTimeouts;
import bowline.web.server.Site;
import bowline.web.server.SiteOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A static site and our own client under bad networks: every request has one outcome, and a page is the whole page.
class StaticSiteTest {
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final int BROWSERS = 2;
    private static final int BODY_MAX_BYTES = 1 << 20;

    /// The last is longer than what is read at once, and the one before is not there.
    private static final int[] LENGTHS = {0, 1, 900, 5_000, -1, 40_000};

    @TempDir
    private Path root;

    @TempDir
    private Path downloads;

    private final List<byte[]> files = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private int outcomes;
    /// The networks of these tests may be slower than what the server usually asks of its readers (G6).
    private static final SiteOptions PATIENT = SiteOptions.USUAL.timeouts(ServerTimeouts.USUAL.minBytesPerSecond(1));

    private int accepted;
    private int asked;
    private int discarded;
    private int downloaded;

    @BeforeEach
    void files() throws IOException {
        for (int i = 0; i < LENGTHS.length; i++) {
            byte[] content = new byte[Math.max(0, LENGTHS[i])];
            var random = new Random(i);
            for (int at = 0; at < content.length; at++) {
                content[at] = (byte) random.nextInt(' ', 127);
            }
            files.add(content);
            if (LENGTHS[i] >= 0) {
                Files.write(root.resolve(i + ".txt"), content);
            }
        }
    }

    private ServerService serve(Simulation world, SimulatedHost server) {
        failures.clear();
        outcomes = 0;
        accepted = 0;
        asked = 0;
        discarded = 0;
        return server.start(reactor -> {
            var site = new Site(thoughtful(world, reactor), PATIENT, AccessLog.NONE);
            Factory<Protocol> counting = new Factory<>() {
                @Override
                public @Nullable Protocol buildProtocol(Address peer) {
                    accepted++;
                    return site.buildProtocol(peer);
                }
            };
            var service = new ServerService(new TcpServerEndpoint(reactor, 80), counting);
            service.start();
            reactor.addSystemEventTriggerDeferring("shutdown", () -> service.drain(Duration.ofSeconds(20)));
            return service;
        });
    }

    /// The files, but now and then it takes its time.
    private Resource thoughtful(Simulation world, Reactor reactor) throws IOException {
        var site = new StaticFiles(root);
        var random = world.random("thoughts");
        return exchange -> random.nextInt(3) > 0
                ? site.render(exchange)
                : Later.deferLater(reactor, Duration.ofMillis(random.nextInt(300)))
                        .addCallbackDeferring(_ -> site.render(exchange));
    }

    /// Long files seldom, lest the test take long as well.
    private static int file(RandomGenerator random) {
        return random.nextInt(12) == 0 ? LENGTHS.length - 1 : random.nextInt(LENGTHS.length - 1);
    }

    /// One request after the other over the connections that `agent` keeps.
    private void fetch(Simulation world, Reactor reactor, Agent agent, RandomGenerator random, int count) {
        if (count == 0) {
            agent.close();
            return;
        }
        asked++;
        int number = file(random);
        Deferred<?> fetched = switch (random.nextInt(5)) {
            case 0, 1 -> page(agent, number);
            case 2, 3 -> download(agent, number);
            default -> untaken(reactor, agent, random, number);
        };
        fetched.addErrback(failure -> {
            failed(number, failure);
            return null;
        });
        fetched.onBoth(() -> {
            outcomes++;
            reactor.callLater(
                    Duration.ofMillis(random.nextInt(100)), () -> fetch(world, reactor, agent, random, count - 1));
        });
    }

    private static URI uri(int number) {
        return URI.create("http://server/" + number + ".txt");
    }

    private Deferred<?> page(Agent agent, int number) {
        return agent.getPage(uri(number))
                .onSuccess(text ->
                        assertThat(text.getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(files.get(number)));
    }

    private Deferred<?> download(Agent agent, int number) {
        Path file = downloads.resolve("fetched-" + downloaded++); // several may be on their way
        return agent.downloadPage(uri(number), file).onSuccess(length -> {
            assertThat(length).isEqualTo(files.get(number).length);
            assertThat(Files.readAllBytes(file)).isEqualTo(files.get(number));
        });
    }

    /// A body that is left on the wire for a while, and then taken or not.
    private Deferred<?> untaken(Reactor reactor, Agent agent, RandomGenerator random, int number) {
        Duration pause = Duration.ofMillis(random.nextInt(500));
        return agent.get(uri(number))
                .addCallbackDeferring(response -> Later.deferLater(reactor, pause, () -> response))
                .addCallbackDeferring(held -> taken(held, random, number));
    }

    private Deferred<?> taken(ClientResponse response, RandomGenerator random, int number) {
        if (random.nextInt(3) == 0) {
            discarded++;
            response.discard();
            return Deferred.succeed(response);
        }
        return response.readBody(BODY_MAX_BYTES).onSuccess(body -> {
            if (response.status() == 200) {
                assertThat(body).isEqualTo(files.get(number));
            } else if (LENGTHS[number] >= 0) {
                throw new IOException(response.toString());
            }
        });
    }

    private void failed(int number, Failure failure) {
        if (failure.value() instanceof AssertionError wrong) {
            throw wrong;
        }
        boolean notThere = LENGTHS[number] < 0 && failure.value() instanceof HttpStatusError;
        if (!notThere) {
            failures.add(failure);
        }
    }

    private void browse(Simulation world) {
        SimulatedHost client = world.host("client");
        client.start(reactor -> {
            for (int i = 0; i < BROWSERS; i++) {
                var random = world.random("browser " + i);
                fetch(world, reactor, new Agent(reactor), random, random.nextInt(1, 6));
            }
            return reactor;
        });
    }

    private void nothingIsHalfDownloaded() throws IOException {
        try (var left = Files.list(downloads)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).allMatch(name -> name.matches("fetched-\\d+"));
        }
    }

    @Test
    @DisplayName("WEB-9, WEB-12: pages and downloads come whole over kept connections")
    void pagesComeWhole() {
        ManySeeds.run(1, 1000, world -> {
            Weather.over(world);
            serve(world, world.host("server"));
            browse(world);

            world.runFor(Duration.ofMillis(200));
            world.runUntil(() -> outcomes == asked, PATIENCE);
            world.runFor(Duration.ofSeconds(1));
            world.runUntil(() -> outcomes == asked, PATIENCE);

            assertThat(failures).isEmpty();
            assertThat(accepted).as("a connection is kept").isLessThanOrEqualTo(BROWSERS + discarded);
            world.check();
            nothingIsHalfDownloaded();
        });
    }

    @Test
    @DisplayName("WEB-9: with connections that break, every request has one outcome, and a page is the right one")
    void eachRequestHasOneOutcome() {
        ManySeeds.run(1001, 1000, world -> {
            SimulatedHost server = world.host("server");
            Weather.over(world).rough().partitions(Duration.ofSeconds(3), server);
            serve(world, server);
            browse(world);
            world.after(Duration.ofMillis(world.random("crash").nextInt(5_000)), () -> {
                if (world.random("crashes").nextInt(4) == 0) {
                    server.crash();
                }
            });

            world.runFor(Duration.ofMinutes(10));

            assertThat(outcomes).isEqualTo(asked);
            world.check();
            nothingIsHalfDownloaded();
        });
    }

    @Test
    @DisplayName("H1-9: pipelined requests are answered once each and in order, and the last one ends the connection")
    void pipelining() {
        ManySeeds.run(1, 1000, world -> {
            Weather.over(world);
            serve(world, world.host("server"));
            var lives = new ConnectionLives();
            var random = world.random("paths");
            var raw = new RawClient(lives, random);
            int count = random.nextInt(1, 10);
            for (int i = 0; i < count; i++) {
                int number = file(random);
                raw.ask(
                        "/" + number + ".txt",
                        RawClient.text(LENGTHS[number] < 0 ? 404 : 200, files.get(number)),
                        i == count - 1);
            }
            world.host("client").start(reactor -> new ClientCreator<>(reactor, () -> raw).connectTcp("server", 80));

            world.runUntil(() -> raw.life.end() != null, PATIENCE);

            assertThat(raw.answers.open()).isZero();
            assertThat(raw.hasRest()).isFalse();
            assertThat(raw.life.end()).matches(end -> end != null && end.check(ConnectionDone.class) != null);
            world.check();
            lives.check();
        });
    }

    @Test
    @DisplayName("SVC-6: a drain under load loses no request, and is over by its deadline")
    void drainLosesNothing() {
        ManySeeds.run(1, 1000, world -> {
            world.everywhere()
                    .latency(Duration.ofMillis(1), Duration.ofMillis(60))
                    .cutAnywhere();
            SimulatedHost server = world.host("server");
            ServerService service = serve(world, server);
            browse(world);
            world.runFor(Duration.ofMillis(world.random("drain").nextInt(600)));

            Duration deadline = Duration.ofSeconds(20);
            Deferred<@Nullable Void> drained = server.call(() -> service.drain(deadline));
            world.runUntil(drained, deadline.plusMillis(1));

            assertThat(service.connectionCount()).isZero();
            world.runFor(Duration.ofMinutes(2));
            assertThat(outcomes).isEqualTo(asked);
            failures.removeIf(failure -> failure.check(ConnectError.class) != null);
            assertThat(failures)
                    .allMatch(failure -> failure.value() instanceof ResponseFailed lost && !lost.begun())
                    .hasSizeLessThanOrEqualTo(connects(world) - accepted);
            world.check();
        });
    }

    /// How many connections there are for the client. Of those the server has not heard yet, when it closes its
    /// port, no system lets it hear.
    private static int connects(Simulation world) {
        return count(world, "connect") - count(world, "not connected");
    }

    private static int count(Simulation world, String what) {
        return (int) world.trace().events().stream()
                .filter(event -> event.what().equals(what) && event.host().equals("client"))
                .count();
    }
}
