package bowline.capture;

import bowline.capture.CaptureEvent.Kind;
import bowline.capture.Masking.Mask;
import bowline.time.Clock;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/// The last events of one connection, as many as the options allow. Errors may be logged by other threads.
final class Ring {
    private final CaptureOptions options;
    private final Clock clock;
    private final long opened;
    private final Mask receivedMask;
    private final Mask writtenMask;
    private final Deque<Noted> events = new ArrayDeque<>();
    private int bytes;
    private long droppedEvents;
    private long droppedReceived;
    private long droppedWritten;

    /// An event in the ring; how much was left unread is known a little later.
    static final class Noted {
        private CaptureEvent event;

        private Noted(CaptureEvent event) {
            this.event = event;
        }

        void leaves(int unread) {
            event = event.withNumber(unread);
        }
    }

    Ring(CaptureOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
        opened = clock.nanos();
        receivedMask = options.masking().received();
        writtenMask = options.masking().written();
    }

    void note(Kind kind) {
        note(kind, 0);
    }

    Noted note(Kind kind, long number) {
        return add(CaptureEvent.of(kind, now(), number));
    }

    void note(Kind kind, String text) {
        String kept =
                text.length() > options.connectionMaxBytes() ? text.substring(0, options.connectionMaxBytes()) : text;
        add(CaptureEvent.of(kind, now(), kept));
    }

    /// Keeps a copy of what remains in `data`.
    Noted data(Kind kind, ByteBuffer data) {
        byte[] copy = new byte[data.remaining()];
        data.get(data.position(), copy);
        return add(masked(kind, copy));
    }

    private long now() {
        return clock.nanos() - opened;
    }

    private CaptureEvent masked(Kind kind, byte[] copy) {
        byte[] covered = copy.clone();
        (kind == Kind.RECEIVED ? receivedMask : writtenMask).cover(covered);
        var masked = new BitSet();
        for (int i = 0; i < copy.length; i++) {
            // A cover that was there before counts as one within a secret, not outside.
            if (covered[i] != copy[i] || (covered[i] == Masking.COVER && i > 0 && masked.get(i - 1))) {
                masked.set(i);
            }
        }
        return new CaptureEvent(kind, now(), 0, covered, masked, "");
    }

    private synchronized Noted add(CaptureEvent event) {
        var noted = new Noted(event);
        events.addLast(noted);
        bytes += event.length();
        while (events.size() > options.connectionMaxEvents() || bytes > options.connectionMaxBytes()) {
            drop(events.removeFirst().event);
        }
        return noted;
    }

    private void drop(CaptureEvent oldest) {
        bytes -= oldest.length();
        droppedEvents++;
        if (oldest.kind() == Kind.RECEIVED) {
            droppedReceived += oldest.length();
        } else if (oldest.kind() == Kind.WRITTEN) {
            droppedWritten += oldest.length();
        } else if (oldest.kind() == Kind.FILE) {
            droppedWritten += oldest.number();
        }
    }

    synchronized List<CaptureEvent> events() {
        List<CaptureEvent> all = new ArrayList<>(events.size());
        for (Noted noted : events) {
            all.add(noted.event);
        }
        return all;
    }

    synchronized CapturedConnection.Dropped dropped() {
        return new CapturedConnection.Dropped(droppedEvents, droppedReceived, droppedWritten);
    }
}
