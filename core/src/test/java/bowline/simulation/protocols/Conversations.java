package bowline.simulation.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.failure.Failure;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Factory;
import bowline.simulation.SimulatedHost;
import bowline.simulation.Simulation;
import bowline.simulation.invariant.ByteStreamCheck;
import bowline.simulation.invariant.ConnectionLives;
import bowline.simulation.invariant.DescriptorCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/// A few streams in both directions between `client` and `server`, by whatever way leads there.
final class Conversations {
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    final Simulation world;
    final ConnectionLives lives = new ConnectionLives();
    final List<Failure> failures = new ArrayList<>();
    private final List<DescriptorCheck> descriptors = new ArrayList<>();
    private boolean breaksLookLikeEnds;
    private boolean large;
    private final List<Streamer.Talk> talks = new ArrayList<>();
    private final List<Streamer> nearEnds = new ArrayList<>();
    private final List<Streamer> farEnds = new ArrayList<>();

    Conversations(Simulation world) {
        this.world = world;
    }

    Streamer.Talk numbered(byte number) {
        if (number < 0 || number >= talks.size()) {
            throw new AssertionError("a stream begins with " + number + ", which nobody sent");
        }
        return talks.get(number);
    }

    void far(Streamer end) {
        farEnds.add(end);
    }

    /// What the server listens with.
    Factory<Streamer> farEnd() {
        Factory<Streamer> factory = Factory.of(() -> new Streamer(this, null));
        factory.noisy(false);
        return factory;
    }

    /// Begins one over `endpoint`; returns what cancels it.
    Deferred<?> begin(ClientEndpoint endpoint) {
        return beginBy(endpoint::connect);
    }

    /// Begins one by what connects the factory it is given; returns what cancels it.
    Deferred<?> beginBy(Function<Factory<Streamer>, Deferred<Streamer>> connect) {
        int number = talks.size();
        var talk = new Streamer.Talk(
                number,
                world.random("talk " + number),
                new ByteStreamCheck("stream " + number + " up"),
                new ByteStreamCheck("stream " + number + " down"));
        talks.add(talk);
        Deferred<Streamer> connected = connect.apply(Factory.of(() -> {
            var end = new Streamer(this, talk);
            nearEnds.add(end);
            return end;
        }));
        connected.addErrback(failure -> {
            failures.add(failure);
            return null;
        });
        return connected;
    }

    /// Something in between hangs up on one side when the other is lost (FWD-1), so that not even an end in good
    /// order says that everything has come.
    void breaksLookLikeEnds() {
        breaksLookLikeEnds = true;
    }

    /// Has streams of some hundred kilobytes, which wait at every place where one can.
    void large() {
        large = true;
    }

    /// Whether they are.
    boolean areLarge() {
        return large;
    }

    /// From now on nobody may have more open than connections and so many others.
    void countDescriptors(SimulatedHost host, IntSupplier others) {
        descriptors.add(new DescriptorCheck(host, others));
    }

    /// How many there are.
    int count() {
        return talks.size();
    }

    /// How many of them are not connected yet, nor have failed.
    int connecting() {
        return talks.size() - nearEnds.size() - failures.size();
    }

    /// Whether an end in good order says that everything has come.
    boolean endsAreTrue() {
        return !breaksLookLikeEnds;
    }

    /// How many connections the client has got.
    int begun() {
        return nearEnds.size();
    }

    /// Waits until all are over: the near ends have ended or were never connected.
    void awaitEnd() {
        world.runUntil(this::isOver, PATIENCE);
    }

    private boolean isOver() {
        for (DescriptorCheck each : descriptors) {
            each.look();
        }
        int over = failures.size();
        for (Streamer end : nearEnds) {
            if (end.life.end() != null) {
                over++;
            }
        }
        return over >= talks.size();
    }

    /// What all that have ended were told.
    List<Failure> ends() {
        return Stream.concat(nearEnds.stream(), farEnds.stream())
                .map(end -> end.life.end())
                .filter(Objects::nonNull)
                .toList();
    }

    /// No end was in good order for somebody who had not heard the end of what the other says.
    void checkEndsAreTrue() {
        assertThat(nearEnds).noneMatch(Streamer::endedTooWell);
        assertThat(farEnds).noneMatch(Streamer::endedTooWell);
    }

    /// Looks at what is left.
    void checkAll() {
        world.check();
        lives.check();
        assertThat(farEnds.size()).isLessThanOrEqualTo(talks.size());
    }

    /// Both directions of all came whole, and both ends ended in good order.
    void checkWhole() {
        world.runUntil(() -> lives.open() == 0, PATIENCE);
        checkAll();
        assertThat(failures).isEmpty();
        assertThat(farEnds).hasSameSizeAs(talks);
        assertThat(talks).allMatch(talk -> talk.up().whole() && talk.down().whole());
        assertThat(nearEnds).allMatch(Conversations::inGoodOrder);
        assertThat(farEnds).allMatch(Conversations::inGoodOrder);
    }

    private static boolean inGoodOrder(Streamer end) {
        Failure reason = end.life.end();
        return reason != null && reason.check(ConnectionDone.class) != null;
    }
}
