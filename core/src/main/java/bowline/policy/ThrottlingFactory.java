package bowline.policy;

import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Limits how many connections there are and how much they move together (POL-5). Once a second it looks how much was
/// moved; if that was more than the limit, everybody rests until the average fits. Reading rests by pausing, writing by
/// pausing the producers; what a protocol writes without one goes out at once. [ShapingFactory] is exact and
/// smooth, and this is for those who need no more than a brake.
///
/// @param <P> the protocols of the factory behind
public final class ThrottlingFactory<P extends Protocol> extends WrappingFactory<P> {

    /// No limit.
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final Logger log = Logger.of(ThrottlingFactory.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final int maxConnections;
    private final Direction reading;
    private final Direction writing;
    private final Set<ThrottledProtocol<P>> open = new LinkedHashSet<>();
    private int admitted;

    /// @param maxConnections most connections; one more is refused
    /// @param readLimit most bytes a second that come in, over all connections
    /// @param writeLimit most bytes a second that go out, over all connections
    public ThrottlingFactory(Factory<P> factory, int maxConnections, long readLimit, long writeLimit) {
        super(factory);
        if (maxConnections < 1 || readLimit < 1 || writeLimit < 1) {
            throw new IllegalArgumentException("maxConnections " + maxConnections + ", readLimit " + readLimit
                    + ", writeLimit " + writeLimit + ": none may be less than 1, for nothing would ever move");
        }
        this.maxConnections = maxConnections;
        reading = new Direction(readLimit) {
            @Override
            void each(ThrottledProtocol<P> connection, boolean rests) {
                connection.restReading(rests);
            }
        };
        writing = new Direction(writeLimit) {
            @Override
            void each(ThrottledProtocol<P> connection, boolean rests) {
                connection.restWriting(rests);
            }
        };
    }

    /// How many connections are open.
    public int open() {
        return admitted;
    }

    @Override
    public @Nullable ProtocolWrapper<P> buildProtocol(Address peer) throws Exception {
        if (admitted >= maxConnections) {
            log.info("Max connection count reached!");
            return null;
        }
        ProtocolWrapper<P> built = super.buildProtocol(peer);
        if (built != null) {
            admitted++;
        }
        return built;
    }

    @Override
    protected ProtocolWrapper<P> wrap(P inner, Address peer) {
        return new ThrottledProtocol<>(inner, this);
    }

    void opened(ThrottledProtocol<P> connection) {
        open.add(connection);
        Clock clock = connection.transport().clock();
        reading.begin(clock);
        writing.begin(clock);
        connection.restReading(reading.rests);
        connection.restWriting(writing.rests);
    }

    void closed(ThrottledProtocol<P> connection) {
        admitted--;
        open.remove(connection);
        if (open.isEmpty()) {
            reading.end();
            writing.end();
        }
    }

    void received(int bytes) {
        reading.moved += bytes;
    }

    void sent(long bytes) {
        writing.moved += bytes;
    }

    /// What is counted and put to rest, of one direction.
    private abstract class Direction {
        private final long limit;
        private long moved;
        private boolean rests;
        private @Nullable DelayedCall next;

        Direction(long limit) {
            this.limit = limit;
        }

        abstract void each(ThrottledProtocol<P> connection, boolean restsNow);

        void begin(Clock clock) {
            if (next == null && limit < UNLIMITED) {
                moved = 0;
                next = clock.callLater(LOOK, () -> look(clock));
            }
        }

        private void look(Clock clock) {
            long count = moved;
            moved = 0;
            if (count > limit) {
                rest(true);
                double seconds = (double) count / limit - 1;
                next = clock.callLater(Duration.ofNanos((long) (seconds * 1e9)), () -> goOn(clock));
            } else {
                next = clock.callLater(LOOK, () -> look(clock));
            }
        }

        private void goOn(Clock clock) {
            next = clock.callLater(LOOK, () -> look(clock));
            rest(false);
        }

        private void rest(boolean restsNow) {
            rests = restsNow;
            List.copyOf(open).forEach(connection -> each(connection, restsNow));
        }

        void end() {
            if (next != null) {
                next.cancelIfActive();
                next = null;
            }
            rests = false;
        }
    }
}
