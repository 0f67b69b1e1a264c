package bowline.linux.uring;

import bowline.linux.socket.Poller;
import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.Sockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The receives that stay posted for connections, and what they have brought until it is read.
///
/// A connection that wants bytes has a receive posted (`RECEIVING`) until that ends: at the end of the stream
/// (`ENDED`), for want of a buffer, or because it was called off. It is called off when something has come that a
/// paused connection does not want; what comes then is held by the system. Where no buffer is left the connection
/// is polled (`STARVED`), and reads by itself until there are some again.
///
/// What has come in one turn is shown to a connection at the end of the turn (`TO_SHOW`), and what it leaves in the
/// next.
final class Receiving {
    private static final int OP_RECV = 27;
    private static final int RECV_MULTISHOT = 2;
    private static final int SQE_BUFFER_SELECT = 1 << 5;
    private static final int CQE_BUFFER = 1;
    private static final int BUFFER_SHIFT = 16;

    /// Most of those that are kept for connections to come.
    private static final int SPARE_MAX = 1024;

    private final Uring uring;
    private final UringReactor reactor;
    private final Ring ring;
    private final Sockets sockets;
    private final ReceiveBuffers buffers;
    private final long heldMaxBytes;

    /// What has come and was not read, of connections that have such.
    private @Nullable Incoming[] incoming = new Incoming[64];
    private final ArrayList<Incoming> spare = new ArrayList<>();
    /// How many bytes of that are in the heap.
    private long heldBytes;
    /// The connections for which something has come in this turn.
    private int[] shown = new int[64];
    private int toShow;
    /// Those for which there was no buffer in this turn, or whose receive was called off.
    private final ArrayList<Integer> ended = new ArrayList<>();

    /// @param heldMaxBytes most bytes that wait in the heap; see [RingSetup]
    Receiving(
            Uring uring, UringReactor reactor, Ring ring, Sockets sockets, ReceiveBuffers buffers, long heldMaxBytes) {
        this.uring = uring;
        this.reactor = reactor;
        this.ring = ring;
        this.sockets = sockets;
        this.buffers = buffers;
        this.heldMaxBytes = heldMaxBytes;
    }

    /// There are descriptors up to `size` from now on.
    void makeRoom(int size) {
        incoming = Arrays.copyOf(incoming, size);
        shown = Arrays.copyOf(shown, size);
    }

    // What is wanted

    /// Bytes are received, and only the room to write is polled for.
    ///
    /// @param wanted as [Poller] has it
    void watch(int descriptor, int wanted) throws IOException {
        boolean wantsBytes = (wanted & Poller.IN) != 0;
        uring.set(descriptor, Uring.WANTS_BYTES, wantsBytes);
        uring.set(descriptor, Uring.WANTS_ROOM, (wanted & Poller.OUT) != 0);
        if (wantsBytes) {
            if (incoming[descriptor] != null) {
                showLater(descriptor);
            } else {
                receiveAgain(descriptor);
            }
        }
        poll(descriptor);
    }

    private void receiveAgain(int descriptor) throws IOException {
        if (!uring.has(descriptor, Uring.WANTS_BYTES)
                || uring.has(descriptor, Uring.RECEIVING)
                || uring.has(descriptor, Uring.ENDED)) {
            return;
        }
        boolean starved = !buffers.available();
        uring.set(descriptor, Uring.STARVED, starved);
        if (starved) {
            poll(descriptor);
        } else {
            post(descriptor);
        }
    }

    private void post(int descriptor) throws IOException {
        uring.post(descriptor, Uring.RECEIVING, () -> {
            long entry = ring.entry(OP_RECV, descriptor, uring.userData(Uring.RECEIVE, descriptor));
            Memory.putByte(entry + Ring.FLAGS, SQE_BUFFER_SELECT);
            Memory.putShort(entry + Ring.PRIORITY, RECV_MULTISHOT);
            Memory.putShort(entry + Ring.BUFFER_GROUP, ReceiveBuffers.GROUP);
        });
    }

    private void poll(int descriptor) throws IOException {
        boolean starved = uring.has(descriptor, Uring.STARVED) && uring.has(descriptor, Uring.WANTS_BYTES);
        int room = uring.has(descriptor, Uring.WANTS_ROOM) ? Poller.OUT : 0;
        uring.watchFor(descriptor, room | (starved ? Poller.IN : 0));
    }

    /// It was polled, and may have read: one that has starved is so no more once there are buffers.
    void polled(int descriptor) throws IOException {
        if (uring.has(descriptor, Uring.STARVED) && buffers.available()) {
            uring.set(descriptor, Uring.STARVED, false);
            poll(descriptor);
            receiveAgain(descriptor);
        }
    }

    // What comes

    /// A receive has brought something, or has ended.
    ///
    /// @param owner whom it was posted for
    void received(int descriptor, int owner, int result, int flags) throws IOException {
        boolean filled = keepOrGive(descriptor, owner, result, flags);
        if (!uring.isOwner(descriptor, owner)) {
            return;
        }
        if ((flags & Uring.CQE_MORE) == 0) {
            uring.set(descriptor, Uring.RECEIVING, false);
        }
        if (Errno.ENOBUFS.is(result) || Errno.ECANCELED.is(result)) {
            ended.add(descriptor);
            return;
        }
        if (!filled) {
            uring.set(descriptor, Uring.ENDED, true);
            incoming(descriptor).end(result);
        }
        if (!uring.has(descriptor, Uring.TO_SHOW)) {
            uring.set(descriptor, Uring.TO_SHOW, true);
            shown[toShow++] = descriptor;
        }
    }

    /// @return whether the owner was brought bytes, in a buffer that is the connection's now
    private boolean keepOrGive(int descriptor, int owner, int result, int flags) {
        if ((flags & CQE_BUFFER) == 0) {
            return false;
        }
        buffers.took();
        int buffer = flags >>> BUFFER_SHIFT;
        if (result > 0 && uring.isOwner(descriptor, owner)) {
            incoming(descriptor).add(buffer, result);
            return true;
        }
        buffers.give(buffer);
        return false;
    }

    private Incoming incoming(int descriptor) {
        Incoming present = incoming[descriptor];
        if (present == null) {
            present = spare.isEmpty() ? new Incoming(buffers) : spare.removeLast();
            incoming[descriptor] = present;
        }
        return present;
    }

    // What is shown

    /// Everything of a turn has come: each connection is shown all of its own at once (LOP-5).
    void showAll() throws IOException {
        for (int i = 0; i < toShow; i++) {
            int descriptor = shown[i];
            if (uring.has(descriptor, Uring.TO_SHOW)) { // it has not been closed meanwhile
                uring.set(descriptor, Uring.TO_SHOW, false);
                show(descriptor);
            }
        }
        toShow = 0;
        goOn();
    }

    /// What has ended for want of a buffer, or because it was called off, goes on after all have read.
    private void goOn() throws IOException {
        for (int i = 0; i < ended.size(); i++) {
            int descriptor = ended.get(i);
            if (incoming[descriptor] == null) {
                receiveAgain(descriptor);
            }
        }
        ended.clear();
    }

    private void show(int descriptor) throws IOException {
        int owner = uring.owner(descriptor);
        if (uring.has(descriptor, Uring.WANTS_BYTES)) {
            uring.call(descriptor, Poller.IN);
        }
        if (!uring.isOwner(descriptor, owner)) {
            return;
        }
        Incoming left = incoming[descriptor];
        if (left == null) {
            receiveAgain(descriptor);
        } else if (uring.has(descriptor, Uring.WANTS_BYTES)) {
            showLater(descriptor);
        } else {
            long before = left.olderBytes();
            left.moveToHeap(heldMaxBytes - heldBytes);
            heldBytes += left.olderBytes() - before;
            if (uring.has(descriptor, Uring.RECEIVING)) {
                uring.cancel(Uring.RECEIVE, descriptor); // what else comes is held by the system
            }
        }
    }

    /// In the next turn: others are to have theirs (LOP-5).
    private void showLater(int descriptor) {
        if (uring.has(descriptor, Uring.TO_SHOW)) {
            return;
        }
        uring.set(descriptor, Uring.TO_SHOW, true);
        int owner = uring.owner(descriptor);
        reactor.nextTurn(() -> {
            if (uring.isOwner(descriptor, owner)) {
                uring.set(descriptor, Uring.TO_SHOW, false);
                reactor.guard(() -> show(descriptor));
            }
        });
    }

    // What is read

    /// Takes what has come.
    ///
    /// @return how many bytes; 0 when there are none, -1 at the end
    int receive(int descriptor, ByteBuffer into) throws IOException {
        Incoming present = incoming[descriptor];
        if (present == null) {
            return uring.has(descriptor, Uring.STARVED) ? sockets.receive(descriptor, into) : 0;
        }
        long before = present.olderBytes();
        try {
            return present.receive(into);
        } finally {
            heldBytes += present.olderBytes() - before;
            if (present.isEmpty()) {
                forget(descriptor, present);
            }
        }
    }

    private void forget(int descriptor, Incoming emptied) {
        incoming[descriptor] = null;
        if (spare.size() < SPARE_MAX) {
            spare.add(emptied);
        }
    }

    /// The descriptor is closed: what has come for it is dropped.
    void drop(int descriptor) {
        Incoming unread = incoming[descriptor];
        if (unread != null) {
            heldBytes -= unread.olderBytes();
            unread.discard();
            forget(descriptor, unread);
        }
    }

    /// The kernel may fill again what was read.
    void publish() {
        buffers.publish();
    }

    // Looking

    /// Bytes that were received and wait in the heap.
    long heldBytes() {
        return heldBytes;
    }

    /// Receive buffers that hold something which was not read.
    int buffersTaken() {
        return buffers.taken();
    }
}
