package bowline.simulation.net;

import java.time.Duration;

/// How two hosts reach each other: every property has a plain name, and most are drawn from the seed. Change
/// it at any time; what is under way arrives as it would have. For the simulation's thread.
///
/// Fresh, a link is a good local network: 50 to 200 µs, no loss, no limit of bandwidth.
public final class Link {
    /// Largest share of an IP packet that a stream's segment fills on Ethernet.
    static final int SEGMENT_MAX_BYTES = 1460;

    private static final Duration LEAST = Duration.ofNanos(50_000);
    private static final Duration MOST = Duration.ofNanos(200_000);

    private final String name;
    private long latencyMin = LEAST.toNanos();
    private long latencyMax = MOST.toNanos();
    private long bytesPerSecond = Long.MAX_VALUE;
    private int segmentMax = SEGMENT_MAX_BYTES;
    private int sendBuffer = 128 * 1024;
    private int receiveBuffer = 128 * 1024;
    private boolean cutAnywhere;
    private double losses;
    private double resets;
    private double refusals;
    private double blackHoles;
    private double duplicates;
    private double reorders;
    private boolean open = true;

    /// @param name what to call it in error messages
    Link(String name) {
        this.name = name;
    }

    /// A link within one host.
    static Link loopback(String name) {
        return new Link(name)
                .latency(Duration.ofNanos(5_000), Duration.ofNanos(30_000))
                .mtu(65_535);
    }

    /// Every packet takes so long.
    public Link latency(Duration always) {
        return latency(always, always);
    }

    /// Every packet takes between `least` and `most`; a stream's stay in order all the same.
    ///
    /// @throws IllegalArgumentException unless 0 ≤ least ≤ most
    public Link latency(Duration least, Duration most) {
        if (least.isNegative() || least.compareTo(most) > 0) {
            throw new IllegalArgumentException("latency from " + least + " to " + most + " on " + name);
        }
        latencyMin = least.toNanos();
        latencyMax = most.toNanos();
        return this;
    }

    /// So many bytes a second pass in each direction, all connections together.
    ///
    /// @throws IllegalArgumentException unless it is at least 1
    public Link bandwidth(long bytes) {
        bytesPerSecond = atLeastOne(bytes, "bandwidth in bytes per second");
        return this;
    }

    /// Largest IP packet in bytes: a stream's segments are 40 bytes shorter. Longer datagrams travel in
    /// fragments, each of which can be lost.
    ///
    /// @throws IllegalArgumentException unless 68 ≤ bytes ≤ 65535
    public Link mtu(int bytes) {
        if (bytes < 68 || bytes > 65_535) {
            throw new IllegalArgumentException("an mtu of " + bytes + " bytes on " + name + "; 68 to 65535");
        }
        segmentMax = bytes - 40;
        return this;
    }

    /// How many bytes of a stream wait at each end, at most: the sender's that are not yet acknowledged, and the
    /// receiver's that were not yet read. For connections made from now on.
    ///
    /// @throws IllegalArgumentException unless both are at least 1
    public Link socketBuffers(int send, int receive) {
        sendBuffer = (int) atLeastOne(send, "send buffer in bytes");
        receiveBuffer = (int) atLeastOne(receive, "receive buffer in bytes");
        return this;
    }

    /// Streams are cut at random places, down to single bytes; reads and writes may take less than they could.
    public Link cutAnywhere() {
        return cutAnywhere(true);
    }

    /// Sets whether streams are cut at random places.
    public Link cutAnywhere(boolean on) {
        cutAnywhere = on;
        return this;
    }

    /// So probably is a packet lost: a stream's comes later, a datagram's never.
    public Link losses(double probability) {
        losses = probability(probability, "losses");
        return this;
    }

    /// So probably is a connection reset with each segment that is sent.
    public Link resets(double probability) {
        resets = probability(probability, "resets");
        return this;
    }

    /// So probably is a connect refused although somebody listens.
    public Link refusals(double probability) {
        refusals = probability(probability, "refusals");
        return this;
    }

    /// So probably does a connect get no answer, now or later.
    public Link blackHoles(double probability) {
        blackHoles = probability(probability, "blackHoles");
        return this;
    }

    /// So probably does a datagram arrive twice.
    public Link duplicates(double probability) {
        duplicates = probability(probability, "duplicates");
        return this;
    }

    /// So probably is a datagram held back, so that later ones overtake it.
    public Link reorders(double probability) {
        reorders = probability(probability, "reorders");
        return this;
    }

    /// Nothing passes any more, and nobody is told: streams wait and send again, until [#heal] or until they give
    /// up.
    public Link cutOff() {
        open = false;
        return this;
    }

    /// Ends [#cutOff].
    public Link heal() {
        open = true;
        return this;
    }

    private double probability(double value, String what) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    what + " of " + value + " on " + name + "; a probability is from 0 to 1");
        }
        return value;
    }

    private long atLeastOne(long value, String what) {
        if (value < 1) {
            throw new IllegalArgumentException("a " + what + " of " + value + " on " + name + "; at least 1");
        }
        return value;
    }

    // For the sockets

    long latencyMin() {
        return latencyMin;
    }

    long latencyMax() {
        return latencyMax;
    }

    /// How long so many bytes keep the link busy.
    long nanosFor(int bytes) {
        return bytesPerSecond == Long.MAX_VALUE ? 0 : (long) (bytes * 1e9 / bytesPerSecond);
    }

    int segmentMax() {
        return segmentMax;
    }

    int sendBuffer() {
        return sendBuffer;
    }

    int receiveBuffer() {
        return receiveBuffer;
    }

    boolean cutsAnywhere() {
        return cutAnywhere;
    }

    double losses() {
        return losses;
    }

    double resets() {
        return resets;
    }

    double refusals() {
        return refusals;
    }

    double blackHoles() {
        return blackHoles;
    }

    double duplicates() {
        return duplicates;
    }

    double reorders() {
        return reorders;
    }

    boolean isOpen() {
        return open;
    }

    @Override
    public String toString() {
        return name;
    }
}
