package bowline.linux.uring;

import bowline.failure.Failure;
import bowline.linux.socket.DescriptorHandler;
import bowline.linux.socket.Poller;
import bowline.linux.socket.SocketConnection;
import bowline.linux.socket.WakeUp;
import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.Sockets;
import bowline.linux.system.SystemCalls;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// What is posted in the ring for which descriptor, and what comes of it.
///
/// Receives and accepts stay posted (multishot) until they are cancelled, fail or run out of buffers, and are posted
/// again as long as they are wanted. Other descriptors are polled, once at a time. What comes for a descriptor carries
/// how many owners its number has had, so that the new one does not get what was the old one's.
final class Uring implements Poller {
    // What a completion is about
    private static final int NOTHING = 0;
    private static final int WAKE = 1;
    private static final int POLL = 2;
    private static final int RECEIVE = 3;
    private static final int ACCEPT = 4;
    private static final int SEND = 5;

    private static final int KIND_SHIFT = 56;
    private static final int OWNER_SHIFT = 32;
    private static final int OWNER_MASK = 0xff_ffff;

    // What is posted, and what is wanted, for one descriptor
    private static final int POLLING = 1;
    private static final int RECEIVING = 2;
    private static final int ACCEPTING = 4;
    private static final int WANTS_BYTES = 8;
    private static final int WANTS_ROOM = 16;
    private static final int WANTS_VISITORS = 32;
    private static final int ENDED = 64;
    private static final int TO_SHOW = 128;
    /// No buffer was left to receive into, so it is told when there is something, and reads it itself.
    private static final int STARVED = 256;

    private static final int OP_POLL_ADD = 6;
    private static final int OP_POLL_REMOVE = 7;
    private static final int OP_ACCEPT = 13;
    private static final int OP_ASYNC_CANCEL = 14;
    private static final int OP_CLOSE = 19;
    private static final int OP_READ = 22;
    private static final int OP_SEND = 26;
    private static final int OP_RECV = 27;

    private static final int SQE_BUFFER_SELECT = 1 << 5;
    private static final int SQE_CQE_SKIP_SUCCESS = 1 << 6;
    /// Sent whole as far as there is room, without waiting: a send that was not is told, and only such a one.
    private static final int SEND_FLAGS = 0x4000 | 0x100 | 0x40; // MSG_NOSIGNAL, MSG_WAITALL, MSG_DONTWAIT

    private static final int ACCEPT_MULTISHOT = 1;
    private static final int RECV_MULTISHOT = 2;
    private static final int POLL_ADD_MULTI = 1;
    private static final int POLL_UPDATE_EVENTS = 2;
    private static final int CQE_BUFFER = 1;
    private static final int CQE_MORE = 2;
    private static final int BUFFER_SHIFT = 16;

    private static final int SPARE_MAX = 1024;

    private static final Logger log = Logger.of(Reactor.class);

    private final UringReactor reactor;
    private final RingSetup setup;
    private final Sockets sockets;
    private final Ring ring;
    private final ReceiveBuffers buffers;
    private final Senders senders;
    private final WakeUp wakeUp;
    private final Cleaner.Cleanable freeing;
    private final MemorySegment wakeUps = Arena.ofAuto().allocate(Long.BYTES, Long.BYTES);

    private @Nullable DescriptorHandler[] handlers = new DescriptorHandler[64];
    private int[] owners = new int[64];
    private short[] states = new short[64];
    private byte[] polled = new byte[64];

    /// What has come and was not read, of connections that have such.
    private @Nullable Incoming[] incoming = new Incoming[64];
    private final ArrayList<Incoming> spare = new ArrayList<>();
    /// How many bytes of that are in the heap.
    private long heldBytes;
    /// The connections for which something has come in this turn.
    private int[] shown = new int[64];
    private int toShow;
    /// Those for which there was no buffer in this turn.
    private final ArrayList<Integer> unbuffered = new ArrayList<>();
    /// Who was accepted at ports that have not asked yet: descriptors, and the negatives of errors.
    private final Map<Integer, Queue<Integer>> visitors = new HashMap<>();
    private @Nullable Thread thread;
    /// What is to be posted when the ring's thread is there.
    private final List<Runnable> postponed = new ArrayList<>();

    Uring(UringReactor reactor, RingSetup setup, SystemCalls system, Sockets sockets) throws IOException {
        this.reactor = reactor;
        this.setup = setup;
        this.sockets = sockets;
        ring = new Ring(system, setup);
        senders = new Senders(ring);
        try {
            buffers = new ReceiveBuffers(system, ring.descriptor(), setup.buffers());
        } catch (IOException refused) {
            ring.close();
            throw refused;
        }
        try {
            wakeUp = new WakeUp(system);
        } catch (IOException none) {
            ring.close();
            buffers.close();
            throw none;
        }
        freeing = reactor.freedInTheEnd(new Freeing(ring, buffers, wakeUp));
        postponed.add(this::watchWakeUp);
    }

    /// Frees what the kernel holds for a ring.
    private record Freeing(Ring ring, ReceiveBuffers buffers, WakeUp wakeUp) implements Runnable {
        @Override
        public void run() {
            wakeUp.close();
            ring.close();
            buffers.close();
        }
    }

    // Who cares about what

    @Override
    public void own(int descriptor, DescriptorHandler handler) {
        if (descriptor >= handlers.length) {
            int size = Math.max(descriptor + 1, 2 * handlers.length);
            handlers = Arrays.copyOf(handlers, size);
            owners = Arrays.copyOf(owners, size);
            states = Arrays.copyOf(states, size);
            polled = Arrays.copyOf(polled, size);
            incoming = Arrays.copyOf(incoming, size);
            shown = Arrays.copyOf(shown, size);
        }
        handlers[descriptor] = handler;
        owners[descriptor] = owners[descriptor] + 1 & OWNER_MASK;
        states[descriptor] = 0;
        polled[descriptor] = 0;
    }

    @Override
    public void disown(int descriptor) {
        if (descriptor < handlers.length) {
            handlers[descriptor] = null;
        }
    }

    List<DescriptorHandler> handlers() {
        var present = new ArrayList<DescriptorHandler>();
        for (DescriptorHandler handler : handlers) {
            if (handler != null) {
                present.add(handler);
            }
        }
        return present;
    }

    private boolean has(int descriptor, int bit) {
        return (states[descriptor] & bit) != 0;
    }

    private void set(int descriptor, int bit, boolean on) {
        states[descriptor] = (short) (on ? states[descriptor] | bit : states[descriptor] & ~bit);
    }

    private boolean isOwner(int descriptor, int owner) {
        return handlers[descriptor] != null && owners[descriptor] == owner;
    }

    private long userData(int kind, int descriptor) {
        return (long) kind << KIND_SHIFT | (long) owners[descriptor] << OWNER_SHIFT | descriptor;
    }

    // Posting

    /// Posts what was asked for by `post`, as soon as the ring has a thread; not if the descriptor is another's by
    /// then, or `bit` is not set any more.
    private void post(int descriptor, int bit, Posting post) throws IOException {
        set(descriptor, bit, true);
        if (ring.enabled()) {
            post.run();
            return;
        }
        int owner = owners[descriptor];
        postponed.add(() -> {
            if (isOwner(descriptor, owner) && has(descriptor, bit)) {
                reactor.guard(post);
            }
        });
    }

    /// Fills an entry.
    @FunctionalInterface
    interface Posting {
        /// Fills it.
        void run() throws IOException;
    }

    private void watchWakeUp() {
        reactor.guard(() -> {
            long entry = ring.entry(OP_READ, wakeUp.descriptor(), (long) WAKE << KIND_SHIFT);
            Memory.putLong(entry + Ring.ADDRESS, wakeUps.address());
            Memory.putInt(entry + Ring.LENGTH, Long.BYTES);
            Memory.putLong(entry + Ring.OFFSET, -1);
        });
    }

    /// @param changesOnly tell what changes from now on, not what is: for a peer that sends no more is told
    /// unasked, and would be again and again
    private void postPoll(int descriptor, boolean changesOnly) throws IOException {
        post(descriptor, POLLING, () -> {
            long entry = ring.entry(OP_POLL_ADD, descriptor, userData(POLL, descriptor));
            Memory.putInt(entry + Ring.LENGTH, changesOnly ? POLL_ADD_MULTI : 0);
            Memory.putInt(entry + Ring.OPERATION_FLAGS, polled[descriptor]);
        });
    }

    private void postReceive(int descriptor) throws IOException {
        post(descriptor, RECEIVING, () -> {
            long entry = ring.entry(OP_RECV, descriptor, userData(RECEIVE, descriptor));
            Memory.putByte(entry + Ring.FLAGS, SQE_BUFFER_SELECT);
            Memory.putShort(entry + Ring.PRIORITY, RECV_MULTISHOT);
            Memory.putShort(entry + Ring.BUFFER_GROUP, ReceiveBuffers.GROUP);
        });
    }

    private void postAccept(int descriptor) throws IOException {
        post(descriptor, ACCEPTING, () -> {
            long entry = ring.entry(OP_ACCEPT, descriptor, userData(ACCEPT, descriptor));
            Memory.putShort(entry + Ring.PRIORITY, ACCEPT_MULTISHOT);
            Memory.putInt(entry + Ring.OPERATION_FLAGS, Sockets.ACCEPT_FLAGS);
        });
    }

    private void cancel(int kind, int descriptor) throws IOException {
        long entry = ring.entry(OP_ASYNC_CANCEL, -1, NOTHING);
        Memory.putByte(entry + Ring.FLAGS, SQE_CQE_SKIP_SUCCESS);
        Memory.putLong(entry + Ring.ADDRESS, userData(kind, descriptor));
    }

    // What is wanted

    @Override
    public void watch(int descriptor, int before, int wanted) throws IOException {
        polled[descriptor] = (byte) wanted;
        if (!has(descriptor, POLLING)) {
            if (wanted != 0) {
                postPoll(descriptor, false);
            }
            return;
        }
        if (!ring.enabled()) {
            return; // it is not posted yet, and will be as is wanted by then
        }
        long entry = ring.entry(OP_POLL_REMOVE, -1, NOTHING);
        Memory.putByte(entry + Ring.FLAGS, SQE_CQE_SKIP_SUCCESS);
        Memory.putLong(entry + Ring.ADDRESS, userData(POLL, descriptor));
        if (wanted != 0) {
            Memory.putInt(entry + Ring.LENGTH, POLL_UPDATE_EVENTS);
            Memory.putInt(entry + Ring.OPERATION_FLAGS, wanted);
        }
    }

    /// Bytes are received, and only the room to write is polled for.
    void watchStream(int descriptor, int wanted) throws IOException {
        boolean wantsBytes = (wanted & IN) != 0;
        set(descriptor, WANTS_BYTES, wantsBytes);
        set(descriptor, WANTS_ROOM, (wanted & OUT) != 0);
        if (wantsBytes) {
            if (incoming[descriptor] != null) {
                showLater(descriptor);
            } else {
                receiveAgain(descriptor);
            }
        }
        pollStream(descriptor);
    }

    private void receiveAgain(int descriptor) throws IOException {
        if (!has(descriptor, WANTS_BYTES) || has(descriptor, RECEIVING) || has(descriptor, ENDED)) {
            return;
        }
        boolean starved = !buffers.available();
        set(descriptor, STARVED, starved);
        if (starved) {
            pollStream(descriptor);
        } else {
            postReceive(descriptor);
        }
    }

    private void pollStream(int descriptor) throws IOException {
        int room = has(descriptor, WANTS_ROOM) ? OUT : 0;
        int bytes = has(descriptor, STARVED) && has(descriptor, WANTS_BYTES) ? IN : 0;
        if (polled[descriptor] != (room | bytes)) {
            watch(descriptor, polled[descriptor], room | bytes);
        }
    }

    void watchPort(int descriptor, boolean wanted) throws IOException {
        set(descriptor, WANTS_VISITORS, wanted);
        if (wanted && !has(descriptor, ACCEPTING)) {
            postAccept(descriptor);
        } else if (!wanted && has(descriptor, ACCEPTING) && ring.enabled()) {
            cancel(ACCEPT, descriptor);
        }
    }

    /// Ends accepting before this returns; who was accepted meanwhile is still to be had.
    void leavePort(int descriptor) throws IOException {
        watchPort(descriptor, false);
        if (!ring.enabled()) {
            set(descriptor, ACCEPTING, false);
        }
        for (int looked = ring.first(); has(descriptor, ACCEPTING); looked++) {
            while (looked == ring.end()) {
                if (ring.isFull()) {
                    throw new IOException("no room is left for the end of accepting");
                }
                ring.enterForOneMore();
            }
            long completion = ring.completion(looked);
            if (Memory.getLong(completion) == userData(ACCEPT, descriptor)) {
                Memory.putLong(completion, NOTHING);
                noteAccepted(descriptor, Memory.getInt(completion + Ring.RESULT), flags(completion));
            }
        }
    }

    /// Closes a descriptor, with what is posted for it; between two waits.
    void close(int descriptor) {
        if (descriptor >= handlers.length) {
            sockets.close(descriptor); // it was not bound
            return;
        }
        disown(descriptor);
        int posted = states[descriptor];
        states[descriptor] = 0;
        polled[descriptor] = 0;
        Incoming unread = incoming[descriptor];
        if (unread != null) {
            heldBytes -= unread.olderBytes();
            unread.discard();
            forget(descriptor, unread);
        }
        Queue<Integer> unasked = visitors.remove(descriptor);
        if (unasked != null) {
            unasked.stream().filter(visitor -> visitor >= 0).forEach(sockets::close);
        }
        if (!ring.enabled() || (posted & (POLLING | RECEIVING | ACCEPTING)) == 0) {
            sockets.close(descriptor);
            return;
        }
        reactor.guard(() -> {
            if ((posted & POLLING) != 0) {
                cancel(POLL, descriptor);
            }
            if ((posted & RECEIVING) != 0) {
                cancel(RECEIVE, descriptor);
            }
            if ((posted & ACCEPTING) != 0) {
                cancel(ACCEPT, descriptor);
            }
            long entry = ring.entry(OP_CLOSE, descriptor, NOTHING);
            Memory.putByte(entry + Ring.FLAGS, SQE_CQE_SKIP_SUCCESS);
        });
    }

    // Waiting

    /// Enters the ring, and hands out what has come.
    void turn(long nanos) throws IOException {
        claim(Thread.currentThread());
        if (!postponed.isEmpty()) {
            start();
        }
        // A sender that was not told last time, for completions had overflowed, is told by these.
        ring.enter(!senders.isEmpty() && ring.overflowed() ? 0 : nanos);
        tellSenders();
        int next = ring.first();
        try {
            for (int end = ring.end(); next != end; next++) {
                complete(ring.completion(next));
            }
            showAll();
            receiveUnbuffered();
        } finally {
            ring.doneBefore(next);
            buffers.publish();
        }
    }

    /// The kernel lets one thread alone enter the ring, and tells any other only that it may not.
    private void claim(Thread caller) {
        if (thread == null) {
            thread = caller;
        } else if (!thread.equals(caller)) {
            reactor.crash(); // or it would be told again and again
            throw new IllegalStateException("a reactor on io_uring belongs to the thread that ran it first, \""
                    + thread.getName() + "\", and was run by \"" + caller.getName()
                    + "\"; run it there, or choose the backend epoll");
        }
    }

    private void start() throws IOException {
        ring.enable();
        List<Runnable> now = List.copyOf(postponed);
        postponed.clear();
        now.forEach(Runnable::run);
    }

    private static int flags(long completion) {
        return Memory.getInt(completion + Ring.RESULT_FLAGS);
    }

    private void complete(long completion) throws IOException {
        long userData = Memory.getLong(completion);
        Memory.putLong(completion, NOTHING);
        int descriptor = (int) userData;
        int owner = (int) (userData >>> OWNER_SHIFT) & OWNER_MASK;
        int result = Memory.getInt(completion + Ring.RESULT);
        switch ((int) (userData >>> KIND_SHIFT)) {
            case RECEIVE -> received(descriptor, owner, result, flags(completion));
            case POLL -> polled(descriptor, owner, result, flags(completion));
            case ACCEPT -> accepted(descriptor, owner, result, flags(completion));
            case SEND -> unsent(descriptor, owner, result);
            case WAKE -> watchWakeUp();
            default -> {
                // what is done with, or an answer to what needs none
            }
        }
    }

    private void polled(int descriptor, int owner, int result, int flags) throws IOException {
        if (!isOwner(descriptor, owner)) {
            return;
        }
        if ((flags & CQE_MORE) == 0) {
            set(descriptor, POLLING, false);
        }
        boolean unasked = result > 0 && (result & (polled[descriptor] | ERROR | HANG_UP)) == 0;
        if (result > 0 && !unasked) {
            call(descriptor, result);
        } else if (result < 0 && !Errno.ECANCELED.is(result)) {
            call(descriptor, ERROR);
        }
        if (isOwner(descriptor, owner) && has(descriptor, STARVED) && buffers.available()) {
            set(descriptor, STARVED, false);
            pollStream(descriptor);
            receiveAgain(descriptor);
        }
        if (isOwner(descriptor, owner) && polled[descriptor] != 0 && !has(descriptor, POLLING)) {
            postPoll(descriptor, unasked);
        }
    }

    private void call(int descriptor, int events) {
        DescriptorHandler handler = handlers[descriptor];
        if (handler != null) {
            reactor.ready(handler, events);
        }
    }

    // Receiving

    private void received(int descriptor, int owner, int result, int flags) throws IOException {
        boolean filled = keepOrGive(descriptor, owner, result, flags);
        if (!isOwner(descriptor, owner)) {
            return;
        }
        if ((flags & CQE_MORE) == 0) {
            set(descriptor, RECEIVING, false);
        }
        if (Errno.ENOBUFS.is(result) || Errno.ECANCELED.is(result)) {
            unbuffered.add(descriptor);
            return;
        }
        if (!filled) {
            set(descriptor, ENDED, true);
            incoming(descriptor).end(result);
        }
        if (!has(descriptor, TO_SHOW)) {
            set(descriptor, TO_SHOW, true);
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
        if (result > 0 && isOwner(descriptor, owner)) {
            incoming(descriptor).add(buffer, result);
            return true;
        }
        buffers.give(buffer);
        return false;
    }

    /// What ended for want of a buffer, or because it was called off, goes on after all have read.
    private void receiveUnbuffered() throws IOException {
        for (int i = 0; i < unbuffered.size(); i++) {
            int descriptor = unbuffered.get(i);
            if (handlers[descriptor] != null && incoming[descriptor] == null) {
                receiveAgain(descriptor);
            }
        }
        unbuffered.clear();
    }

    private Incoming incoming(int descriptor) {
        Incoming present = incoming[descriptor];
        if (present == null) {
            present = spare.isEmpty() ? new Incoming(buffers) : spare.removeLast();
            incoming[descriptor] = present;
        }
        return present;
    }

    /// A connection is shown all that has come in one turn at once (LOP-5).
    private void showAll() throws IOException {
        for (int i = 0; i < toShow; i++) {
            int descriptor = shown[i];
            if (has(descriptor, TO_SHOW)) { // it has not been closed meanwhile
                set(descriptor, TO_SHOW, false);
                show(descriptor);
            }
        }
        toShow = 0;
    }

    private void show(int descriptor) throws IOException {
        int owner = owners[descriptor];
        if (has(descriptor, WANTS_BYTES)) {
            call(descriptor, IN);
        }
        if (!isOwner(descriptor, owner)) {
            return;
        }
        Incoming left = incoming[descriptor];
        if (left == null) {
            receiveAgain(descriptor);
        } else if (has(descriptor, WANTS_BYTES)) {
            showLater(descriptor);
        } else {
            long before = left.olderBytes();
            left.moveToHeap(setup.heldMaxBytes() - heldBytes);
            heldBytes += left.olderBytes() - before;
            if (has(descriptor, RECEIVING)) {
                cancel(RECEIVE, descriptor); // what else comes is held by the system
            }
        }
    }

    /// In the next turn: others are to have theirs (LOP-5).
    private void showLater(int descriptor) {
        if (has(descriptor, TO_SHOW)) {
            return;
        }
        set(descriptor, TO_SHOW, true);
        int owner = owners[descriptor];
        reactor.nextTurn(() -> {
            if (isOwner(descriptor, owner)) {
                set(descriptor, TO_SHOW, false);
                reactor.guard(() -> show(descriptor));
            }
        });
    }

    /// Takes what has come.
    ///
    /// @return how many bytes; 0 when there are none, -1 at the end
    int receive(int descriptor, ByteBuffer into) throws IOException {
        Incoming present = incoming[descriptor];
        if (present == null) {
            return has(descriptor, STARVED) ? sockets.receive(descriptor, into) : 0;
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

    // Sending

    /// Posts a send.
    ///
    /// @return false if the ring has no thread yet
    boolean post(SocketConnection sender, int descriptor, ByteBuffer bytes) throws IOException {
        if (!ring.enabled()) {
            return false;
        }
        if (senders.areMany()) {
            settleNow();
        }
        long entry = ring.entry(OP_SEND, descriptor, userData(SEND, descriptor));
        Memory.putByte(entry + Ring.FLAGS, SQE_CQE_SKIP_SUCCESS);
        Memory.putLong(entry + Ring.ADDRESS, Memory.addressOf(bytes));
        Memory.putInt(entry + Ring.LENGTH, bytes.remaining());
        Memory.putInt(entry + Ring.OPERATION_FLAGS, SEND_FLAGS);
        senders.add(sender);
        return true;
    }

    void submit() throws IOException {
        ring.submit();
    }

    /// Has all that was posted sent.
    ///
    /// @return whether the senders were told
    boolean settleNow() throws IOException {
        ring.submit();
        return tellSenders();
    }

    /// Tells the senders whose entries the kernel has taken what became of them. A send does not wait, so it is
    /// done then; only if it did not succeed is there a completion, and for all others it is good news.
    ///
    /// @return false if it is not known yet, for completions have overflowed
    private boolean tellSenders() throws IOException {
        if (senders.isEmpty()) {
            return true;
        }
        if (ring.overflowed()) {
            return false;
        }
        tellUnsent();
        return senders.tellThoseTaken();
    }

    private void tellUnsent() throws IOException {
        int end = ring.end();
        for (int number = ring.first(); number != end; number++) {
            long completion = ring.completion(number);
            if ((int) (Memory.getLong(completion) >>> KIND_SHIFT) == SEND) {
                complete(completion);
            }
        }
    }

    private void unsent(int descriptor, int owner, int result) {
        if (isOwner(descriptor, owner) && handlers[descriptor] instanceof SocketConnection sender) {
            senders.remove(sender);
            sender.sent(result);
        }
    }

    // Accepting

    private void accepted(int descriptor, int owner, int result, int flags) throws IOException {
        if (!isOwner(descriptor, owner)) {
            if (result >= 0) {
                sockets.close(result);
            }
            return;
        }
        noteAccepted(descriptor, result, flags);
        letIn(descriptor, owner);
        if (isOwner(descriptor, owner) && has(descriptor, WANTS_VISITORS) && !has(descriptor, ACCEPTING)) {
            postAccept(descriptor);
        }
    }

    private void noteAccepted(int descriptor, int result, int flags) {
        if ((flags & CQE_MORE) == 0) {
            set(descriptor, ACCEPTING, false);
        }
        if (!Errno.ECANCELED.is(result)) {
            visitors.computeIfAbsent(descriptor, _ -> new ArrayDeque<>()).add(result);
        }
    }

    /// The port takes as many as it likes in one turn.
    private void letIn(int descriptor, int owner) {
        if (has(descriptor, WANTS_VISITORS) && isOwner(descriptor, owner) && waits(descriptor)) {
            call(descriptor, IN);
            if (isOwner(descriptor, owner) && waits(descriptor)) {
                reactor.nextTurn(() -> letIn(descriptor, owner));
            }
        }
    }

    private boolean waits(int descriptor) {
        Queue<Integer> waiting = visitors.get(descriptor);
        return waiting != null && !waiting.isEmpty();
    }

    /// Takes who was accepted, or else who waits.
    ///
    /// @return its descriptor, or -1
    int accept(int descriptor) throws IOException {
        Queue<Integer> waiting = visitors.get(descriptor);
        Integer next = waiting == null ? null : waiting.poll();
        if (next == null) {
            return has(descriptor, ACCEPTING) ? -1 : sockets.accept(descriptor);
        }
        return (int) Errno.check(next);
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

    // The end

    /// Ends a present or coming wait. From any thread.
    void wake() {
        wakeUp.raise();
    }

    /// Whatever is still posted ends with the ring. All connections are closed already.
    void close() {
        if (ring.enabled()) {
            reactor.guard(this::leave);
        }
        freeing.clean();
        if (buffers.taken() != 0 || heldBytes != 0) {
            log.failure(
                    "a fault of Bowline: what was received was not let go",
                    Failure.of(new AssertionError(
                            buffers.taken() + " receive buffers and " + heldBytes + " bytes were never given back")));
        }
    }

    /// Lets go of what was closed last, and of those who came too late.
    private void leave() throws IOException {
        ring.enter(0);
        int next = ring.first();
        for (int end = ring.end(); next != end; next++) {
            complete(ring.completion(next));
        }
        ring.doneBefore(next);
    }
}
