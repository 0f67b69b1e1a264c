package bowline.protocol;

import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Joins two connections: what comes in at one goes out at the other (FWD-1).
///
///     Protocol ── dataReceived ──▶ Side a ── write ──▶ transport of b
///        │ transport of a ◀── pause, resume ──┘ (each transport is the other's push producer)
///
/// A side that is not read makes the other wait, at the high-water mark and both ways. The end of one direction is
/// passed on when what came before it has been sent, and the other direction goes on. When one connection is lost
/// the other sends what it has and is lost too.
///
/// The protocols of the two connections belong to the caller. Each passes what it hears to its [Side], and must be
/// [HalfCloseable], or the first end of a direction is the end of both:
///
///     var relay = Relay.join(client.transport(), server.transport());
///     clientSide = relay.first();                 // client's dataReceived: clientSide.dataReceived(unread)
///
/// A caller that had paused a transport resumes it after joining. On the reactor's thread of both.
public final class Relay {
    private final Side first;
    private final Side second;
    private @Nullable IdleWatch idle;

    private Relay(Transport one, Transport other) {
        first = new Side(one);
        second = new Side(other);
    }

    /// Joins two connections. If one of them is lost or being closed already, the other will be lost too.
    public static Relay join(Transport one, Transport other) {
        var relay = new Relay(one, other);
        if (open(one) && open(other)) {
            relay.first.produce();
            relay.second.produce();
        } else {
            relay.loseConnections();
        }
        return relay;
    }

    private static boolean open(Transport transport) {
        return transport.connected() && !transport.disconnecting();
    }

    /// The side of the connection named first.
    public Side first() {
        return first;
    }

    /// The side of the connection named second.
    public Side second() {
        return second;
    }

    /// Ends both connections when for `time` no byte has come in or gone out on either. A connection that still has
    /// something to send then is aborted, for its peer does not read.
    ///
    /// @return this
    public Relay idleAfter(Duration time) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("an idle time-out of " + time + " would end every relay at once");
        }
        if (idle != null) {
            idle.end();
        }
        idle = new IdleWatch(first.transport.clock(), time);
        return this;
    }

    /// Ends both connections, each when it has sent what it has.
    public void loseConnections() {
        first.close();
        second.close();
    }

    private Side opposite(Side side) {
        return side == first ? second : first;
    }

    /// One of the two connections: what its protocol hears goes here.
    public final class Side {
        private final Transport transport;
        private long receivedBytes;
        private boolean producing;
        private boolean ended;
        private boolean lost;

        private Side(Transport transport) {
            this.transport = transport;
        }

        /// How many bytes have come in here.
        public long receivedBytes() {
            return receivedBytes;
        }

        private void produce() {
            producing = true;
            opposite(this).transport.registerProducer(transport);
        }

        /// Passes bytes on, all of them.
        public void dataReceived(ByteBuffer unread) {
            receivedBytes += unread.remaining();
            if (idle != null) {
                idle.moved();
            }
            opposite(this).transport.write(unread);
        }

        /// The peer here sends no more: neither will the other connection, once it has sent everything.
        public void readConnectionLost() {
            if (ended || lost) {
                return;
            }
            ended = true;
            if (opposite(this).ended) {
                loseConnections();
            } else {
                stopProducing();
                opposite(this).transport.loseWriteConnection();
            }
        }

        /// This connection is lost, and so will the other be.
        public void connectionLost() {
            lost = true;
            stopProducing();
            opposite(this).transport.loseConnection();
            if (opposite(this).lost && idle != null) {
                idle.end();
            }
        }

        /// The other connection waits for this one no more; only then can it close (PRO-8).
        private void stopProducing() {
            if (producing) {
                producing = false;
                if (!opposite(this).lost) {
                    opposite(this).transport.unregisterProducer();
                }
            }
        }

        private void close() {
            opposite(this).stopProducing();
            transport.loseConnection();
        }

        private void closeIdle() {
            if (transport.unsentBytes() > 0) {
                transport.abortConnection();
            } else {
                close();
            }
        }
    }

    /// Looks once in a while whether anything has moved: a timer that is set anew for each byte would cost more.
    private final class IdleWatch {
        private final Clock clock;
        private final long nanos;
        private DelayedCall next;
        private long lastMoved;
        private long unsent;

        IdleWatch(Clock clock, Duration time) {
            this.clock = clock;
            nanos = time.toNanos();
            lastMoved = clock.nanos();
            next = clock.callLater(time, this::look);
        }

        void moved() {
            lastMoved = clock.nanos();
        }

        private void look() {
            long unsentNow = first.transport.unsentBytes() + second.transport.unsentBytes();
            if (unsentNow != unsent) {
                unsent = unsentNow;
                moved();
            }
            long left = lastMoved + nanos - clock.nanos();
            // Once it is over it looks on until both are lost: a peer that does not read can hold up an orderly end.
            next = clock.callLater(Duration.ofNanos(left > 0 ? left : nanos), this::look);
            if (left <= 0) {
                first.closeIdle();
                second.closeIdle();
            }
        }

        void end() {
            next.cancelIfActive();
        }
    }
}
