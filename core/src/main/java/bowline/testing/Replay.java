package bowline.testing;

import bowline.capture.CaptureEvent;
import bowline.capture.CapturedConnection;
import bowline.failure.Failure;
import bowline.protocol.ConnectionAborted;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.PushProducer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Has a captured conversation once more, with the same protocol code: what came then comes again, cut as it was and
/// at the same times, and what the protocol writes is compared with what it wrote.
///
///     ReplayReport report = Replay.of(Path.of("20260301T120000Z-1.capture")).against(Factory.of(Chat::new));
///     assertTrue(report.isSame(), report.toString());
///
/// [#against(Factory)] replays into a [MemoryTransport] in virtual time, without network or reactor. [#peer] is the
/// other way: a protocol that plays the captured peer, for a whole program on a simulated host or a real reactor.
///
/// Not in a capture, and so not repeated: what the protocol shares with other connections, random numbers, the contents
/// of files it sends, and timers to the last microsecond. What was masked is asterisks now.
public final class Replay {
    /// What can come next to the protocol after it was shown something.
    private static final Set<CaptureEvent.Kind> ENDS_OF_SHOWING = EnumSet.of(
            CaptureEvent.Kind.SHOWN, CaptureEvent.Kind.RECEIVED, CaptureEvent.Kind.CLOSED, CaptureEvent.Kind.ERROR);

    private final CapturedConnection captured;

    private Replay(CapturedConnection captured) {
        this.captured = captured;
    }

    /// The replay of a file.
    ///
    /// @throws IOException if it cannot be read, or is no capture
    /// @throws IllegalArgumentException if it lacks the beginning of the connection
    public static Replay of(Path file) throws IOException {
        return of(CapturedConnection.read(file));
    }

    /// The replay of a connection.
    ///
    /// @throws IllegalArgumentException if its beginning is lacking
    public static Replay of(CapturedConnection captured) {
        if (!captured.dropped().equals(CapturedConnection.Dropped.NOTHING)) {
            throw new IllegalArgumentException("the first " + captured.dropped().events()
                    + " events of the connection with "
                    + captured.peer() + " were not kept, so it cannot be had once more; capture again with a greater"
                    + " connectionMaxBytes, connectionMaxEvents or fileMaxBytes");
        }
        return new Replay(captured);
    }

    /// What is replayed.
    public CapturedConnection captured() {
        return captured;
    }

    /// A factory of protocols that play the peer, for one connection: see [ReplayedPeer].
    public ReplayedPeer peer() {
        return new ReplayedPeer(captured);
    }

    /// Replays against a protocol of `factory`.
    public ReplayReport against(Factory<?> factory) {
        return against(_ -> factory);
    }

    /// Replays against a protocol of a factory that needs to be given its time.
    public ReplayReport against(Function<ManualClock, ? extends Factory<?>> factories) {
        var clock = new ManualClock(captured.opened());
        return new Run(captured, clock).against(factories.apply(clock));
    }

    static @Nullable String errorOf(CapturedConnection captured) {
        return captured.events().stream()
                .filter(event -> event.kind() == CaptureEvent.Kind.ERROR)
                .map(CaptureEvent::text)
                .findFirst()
                .orElse(null);
    }

    /// One replay.
    private static final class Run {
        private final CapturedConnection captured;
        private final ManualClock clock;
        private final ReplayTransport transport;
        private final WrittenComparison written;
        private @Nullable Failure error;
        private @Nullable Difference difference;
        private boolean closing;
        private long elapsed;

        Run(CapturedConnection captured, ManualClock clock) {
            this.captured = captured;
            this.clock = clock;
            transport = new ReplayTransport(clock, captured);
            written = new WrittenComparison(captured);
        }

        ReplayReport against(Factory<?> factory) {
            Protocol protocol = built(factory);
            List<CaptureEvent> events = captured.events();
            for (int i = 0; i < events.size() && error == null; i++) {
                CaptureEvent event = events.get(i);
                guarded(() -> clock.advance(Duration.ofNanos(event.nanos() - elapsed)));
                elapsed = Math.max(elapsed, event.nanos());
                int next = i + 1;
                guarded(() -> play(event, events.subList(next, events.size()), protocol));
                written.take(ByteBuffer.wrap(transport.take()));
            }
            Failure thrown = error;
            if (thrown != null) {
                guarded(() -> transport.close(thrown));
            }
            written.take(ByteBuffer.wrap(transport.take()));
            written.end();
            Difference first = written.difference() == null ? difference : written.difference();
            return new ReplayReport(first, errorOf(captured), error, written.bytes());
        }

        private Protocol built(Factory<?> factory) {
            try {
                Protocol protocol = factory.build(captured.peer());
                if (protocol == null) {
                    throw new IllegalArgumentException(
                            factory.logPrefix() + " refuses the connection with " + captured.peer());
                }
                return protocol;
            } catch (Exception thrown) {
                throw Failure.of(thrown).raise();
            }
        }

        /// As a reactor does: what a callback throws ends the connection.
        private void guarded(Runnable step) {
            try {
                step.run();
            } catch (Throwable thrown) {
                if (Failure.isFatal(thrown)) {
                    throw thrown;
                }
                error = error == null ? Failure.of(thrown) : error;
            }
        }

        private void play(CaptureEvent event, List<CaptureEvent> later, Protocol protocol) {
            switch (event.kind()) {
                case OPENED -> transport.connectTo(protocol);
                case RECEIVED -> receive(event, later);
                case READ_ENDED -> transport.deliverEnd();
                case PRODUCER_ASKED -> transport.askProducer();
                case PRODUCER_PAUSED -> transport.pauseProducer();
                case PRODUCER_RESUMED -> resumeProducer();
                case WRITE_ENDED -> endWriting(event);
                case CLOSING, ABORTING -> closing = true;
                case CLOSED -> close(event);
                case SHOWN, WRITTEN, FILE, PAUSED, RESUMED, ENDING, ERROR, LOGGED -> {
                    // the protocol does this by itself
                }
            }
        }

        private void receive(CaptureEvent event, List<CaptureEvent> later) {
            transport.deliver(event.bytes());
            int left = transport.unreadBytes();
            if (left != event.number() && !isShownAgain(later) && written.difference() == null && difference == null) {
                difference = new Difference(
                        "the protocol leaves another number of bytes unread",
                        written.bytes(),
                        event.nanos(),
                        "" + event.number(),
                        "" + left);
            }
        }

        /// Then it may have been shown again at once here, and later there.
        private static boolean isShownAgain(List<CaptureEvent> later) {
            return later.stream()
                    .map(CaptureEvent::kind)
                    .filter(ENDS_OF_SHOWING::contains)
                    .findFirst()
                    .filter(CaptureEvent.Kind.SHOWN::equals)
                    .isPresent();
        }

        private void resumeProducer() {
            if (transport.producer() instanceof PushProducer push) {
                push.resumeProducing();
            }
        }

        private void endWriting(CaptureEvent event) {
            if (!transport.endWriting() && difference == null) {
                difference = new Difference(
                        "the protocol does not end its side", written.bytes(), event.nanos(), "ended", "open");
            }
        }

        private void close(CaptureEvent event) {
            if (closing != transport.disconnecting() && difference == null) {
                difference = new Difference(
                        "who ends the connection differs",
                        written.bytes(),
                        event.nanos(),
                        closing ? "the protocol" : "the peer",
                        closing ? "not the protocol" : "the protocol");
            }
            transport.close(reason(event.text()));
        }

        private static Failure reason(String text) {
            int space = text.indexOf(' ');
            String type = space < 0 ? text : text.substring(0, space);
            String message = space < 0 ? "" : text.substring(space + 1);
            if (type.equals(ConnectionDone.class.getName())) {
                return ConnectionDone.FAILURE;
            }
            return type.equals(ConnectionAborted.class.getName())
                    ? ConnectionAborted.FAILURE
                    : Failure.of(new ConnectionLost(message));
        }
    }
}
