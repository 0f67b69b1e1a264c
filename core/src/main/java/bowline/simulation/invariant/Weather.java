package bowline.simulation.invariant;

import bowline.simulation.SimulatedHost;
import bowline.simulation.Simulation;
import bowline.simulation.net.Link;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// A network as the seed likes it: fast or slow, wide or narrow, whole or cut into single bytes. At first it is only
/// bad; [#rough] lets it break connections. For the simulation's thread.
public final class Weather {
    private final Simulation world;
    private final Link link;
    private final RandomGenerator random;

    private Weather(Simulation world) {
        this.world = world;
        link = world.everywhere();
        random = world.random("weather");
    }

    /// Latency up to 100 ms, small buffers, small packets, little bandwidth, cuts and losses: each or not.
    /// Streams are slow, and come whole.
    public static Weather over(Simulation world) {
        var weather = new Weather(world);
        weather.begin();
        return weather;
    }

    /// The same with more room: buffers of some kilobytes and full packets, so that streams of hundreds of
    /// kilobytes come to their end, and wait at both ends on their way.
    public static Weather wide(Simulation world) {
        var weather = new Weather(world);
        weather.open();
        return weather;
    }

    private void open() {
        Duration least = Duration.ofMillis(random.nextInt(1, 20));
        link.latency(least, least.plusMillis(random.nextInt(80))).cutAnywhere(random.nextInt(3) == 0);
        link.socketBuffers(random.nextInt(4_000, 65_000), random.nextInt(4_000, 65_000));
        if (random.nextInt(4) == 0) {
            link.losses(random.nextDouble(0.05));
        }
    }

    private void begin() {
        Duration least = Duration.ofMillis(random.nextInt(1, 20));
        link.latency(least, least.plusMillis(random.nextInt(80))).cutAnywhere(random.nextInt(4) > 0);
        if (random.nextBoolean()) {
            link.socketBuffers(random.nextInt(16, 2_000), random.nextInt(16, 2_000));
        }
        if (random.nextBoolean()) {
            link.mtu(random.nextInt(68, 600));
        }
        if (random.nextInt(4) == 0) {
            link.bandwidth(random.nextInt(2_000, 50_000));
        }
        if (random.nextInt(3) == 0) {
            link.losses(random.nextDouble(0.2));
        }
    }

    /// Connections are reset, and connects refused or left without an answer, each or not.
    public Weather rough() {
        if (random.nextBoolean()) {
            link.resets(random.nextDouble(0.05));
        }
        if (random.nextBoolean()) {
            link.refusals(random.nextDouble(0.5));
        }
        if (random.nextInt(3) == 0) {
            link.blackHoles(random.nextDouble(0.3));
        }
        return this;
    }

    /// One or two times within `time`, nothing passes between these hosts and all others for up to 20 s.
    public Weather partitions(Duration time, SimulatedHost... cutOff) {
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            world.after(within(time), () -> world.partition(List.of(cutOff), others(List.of(cutOff))));
            world.after(within(time.plusSeconds(20)), world::heal);
        }
        world.after(time.plusSeconds(20), world::heal);
        return this;
    }

    private List<SimulatedHost> others(List<SimulatedHost> these) {
        return world.hosts().stream().filter(host -> !these.contains(host)).toList();
    }

    /// After `time` nothing breaks connections any more, and no packet is lost.
    public Weather clearsAfter(Duration time) {
        world.after(time, () -> link.resets(0).refusals(0).blackHoles(0).losses(0));
        return this;
    }

    private Duration within(Duration time) {
        return Duration.ofMillis(random.nextLong(time.toMillis()));
    }
}
