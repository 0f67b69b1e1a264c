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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is posted in the ring for which descriptor, and who is told what comes of it.
///
/// Receives and accepts stay posted (multishot) until they are cancelled, fail or run out of buffers, and are posted
/// again as long as they are wanted: see [Receiving] and [Accepting]. Other descriptors are polled, once at a time.
/// What comes for a descriptor carries how many owners its number has had, so that the new one does not get what was
/// the old one's.
final class Uring implements Poller {
    // What a completion is about
    static final int NOTHING = 0;
    private static final int WAKE = 1;
    private static final int POLL = 2;
    static final int RECEIVE = 3;
    static final int ACCEPT = 4;
    private static final int SEND = 5;

    private static final int KIND_SHIFT = 56;
    private static final int OWNER_SHIFT = 32;
    private static final int OWNER_MASK = 0xff_ffff;

    // What is posted, and what is wanted, for one descriptor
    private static final int POLLING = 1;
    static final int RECEIVING = 2;
    static final int ACCEPTING = 4;
    static final int WANTS_BYTES = 8;
    static final int WANTS_ROOM = 16;
    static final int WANTS_VISITORS = 32;
    /// No more will be received: it is the end of the stream, or the connection is broken.
    static final int ENDED = 64;
    /// It is to be called, for something has come.
    static final int TO_SHOW = 128;
    /// No buffer was left to receive into, so it is told when there is something, and reads it itself.
    static final int STARVED = 256;

    private static final int OP_POLL_ADD = 6;
    private static final int OP_POLL_REMOVE = 7;
    private static final int OP_ASYNC_CANCEL = 14;
    private static final int OP_CLOSE = 19;
    private static final int OP_READ = 22;
    private static final int OP_SEND = 26;

    private static final int SQE_CQE_SKIP_SUCCESS = 1 << 6;
    /// Sent whole as far as there is room, without waiting: a send that was not is told, and only such a one.
    private static final int SEND_FLAGS = 0x4000 | 0x100 | 0x40; // MSG_NOSIGNAL, MSG_WAITALL, MSG_DONTWAIT

    private static final int POLL_ADD_MULTI = 1;
    private static final int POLL_UPDATE_EVENTS = 2;
    /// The entry stays posted, and more will come.
    static final int CQE_MORE = 2;

    private static final Logger log = Logger.of(Reactor.class);

    private final UringReactor reactor;
    private final Sockets sockets;
    private final Ring ring;
    private final Receiving receiving;
    private final Accepting accepting;
    private final Senders senders;
    private final WakeUp wakeUp;
    private final Cleaner.Cleanable freeing;
    private final MemorySegment wakeUps = Arena.ofAuto().allocate(Long.BYTES, Long.BYTES);

    private @Nullable DescriptorHandler[] handlers = new DescriptorHandler[64];
    private int[] owners = new int[64];
    private short[] states = new short[64];
    private byte[] polled = new byte[64];

    private @Nullable Thread thread;
    /// What is to be posted when the ring's thread is there.
    private final List<Runnable> postponed = new ArrayList<>();

    Uring(UringReactor reactor, RingSetup setup, SystemCalls system, Sockets sockets) throws IOException {
        this.reactor = reactor;
        this.sockets = sockets;
        ring = new Ring(system, setup);
        senders = new Senders(ring);
        ReceiveBuffers buffers;
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
        receiving = new Receiving(this, reactor, ring, sockets, buffers, setup.heldMaxBytes());
        accepting = new Accepting(this, reactor, ring, sockets);
        freeing = reactor.freedInTheEnd(new Freeing(ring, buffers, wakeUp, wakeUps));
        postponed.add(this::watchWakeUp);
    }

    /// Frees what the kernel holds for a ring.
    ///
    /// @param wakeUps memory that the ring may write until it is closed
    private record Freeing(Ring ring, ReceiveBuffers buffers, WakeUp wakeUp, MemorySegment wakeUps)
            implements Runnable {
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
            receiving.makeRoom(size);
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

    boolean has(int descriptor, int bit) {
        return (states[descriptor] & bit) != 0;
    }

    void set(int descriptor, int bit, boolean on) {
        states[descriptor] = (short) (on ? states[descriptor] | bit : states[descriptor] & ~bit);
    }

    boolean isOwner(int descriptor, int owner) {
        return handlers[descriptor] != null && owners[descriptor] == owner;
    }

    /// How many owners the number has had, with the present one.
    int owner(int descriptor) {
        return owners[descriptor];
    }

    /// What the kernel is told to give back with a completion.
    long userData(int kind, int descriptor) {
        return (long) kind << KIND_SHIFT | (long) owners[descriptor] << OWNER_SHIFT | descriptor;
    }

    /// What is received.
    Receiving receiving() {
        return receiving;
    }

    /// Who is accepted.
    Accepting accepting() {
        return accepting;
    }

    // Posting

    /// Posts what was asked for by `post`, as soon as the ring has a thread; not if the descriptor is another's by
    /// then, or `bit` is not set any more.
    void post(int descriptor, int bit, Posting post) throws IOException {
        set(descriptor, bit, true);
        if (ring.enabled()) {
            post.run();
            return;
        }
        if (ring.closed()) {
            throw new IOException("the reactor has ended");
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

    /// Ends what is posted, which tells so itself.
    void cancel(int kind, int descriptor) throws IOException {
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

    /// Watches it for exactly these, as far as it is not.
    void watchFor(int descriptor, int wanted) throws IOException {
        if (polled[descriptor] != wanted) {
            watch(descriptor, polled[descriptor], wanted);
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
        receiving.drop(descriptor);
        accepting.drop(descriptor);
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
            receiving.showAll();
        } finally {
            ring.doneBefore(next);
            receiving.publish();
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

    /// What the kernel says beside the result.
    static int flags(long completion) {
        return Memory.getInt(completion + Ring.RESULT_FLAGS);
    }

    private void complete(long completion) throws IOException {
        long userData = Memory.getLong(completion);
        Memory.putLong(completion, NOTHING);
        int descriptor = (int) userData;
        int owner = (int) (userData >>> OWNER_SHIFT) & OWNER_MASK;
        int result = Memory.getInt(completion + Ring.RESULT);
        switch ((int) (userData >>> KIND_SHIFT)) {
            case RECEIVE -> receiving.received(descriptor, owner, result, flags(completion));
            case POLL -> polled(descriptor, owner, result, flags(completion));
            case ACCEPT -> accepting.accepted(descriptor, owner, result, flags(completion));
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
        if (isOwner(descriptor, owner)) {
            receiving.polled(descriptor);
        }
        if (isOwner(descriptor, owner) && polled[descriptor] != 0 && !has(descriptor, POLLING)) {
            postPoll(descriptor, unasked);
        }
    }

    /// Calls who owns it.
    void call(int descriptor, int events) {
        DescriptorHandler handler = handlers[descriptor];
        if (handler != null) {
            reactor.ready(handler, events);
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
        if (receiving.buffersTaken() != 0 || receiving.heldBytes() != 0) {
            log.failure(
                    "a fault of Bowline: what was received was not let go",
                    Failure.of(new AssertionError(receiving.buffersTaken() + " receive buffers and "
                            + receiving.heldBytes() + " bytes were never given back")));
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
