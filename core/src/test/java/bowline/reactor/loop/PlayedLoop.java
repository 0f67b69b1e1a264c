package bowline.reactor.loop;

import bowline.failure.Failure;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.TransportLimits;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Descriptor;
import bowline.reactor.Reactor;
import bowline.reactor.ReadDescriptor;
import bowline.reactor.Resolver;
import bowline.reactor.ThreadPool;
import bowline.reactor.WriteDescriptor;
import java.io.Closeable;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The smallest backend that is none of the system's: TCP by queues in memory, on a machine whose time stands still
/// until it is told. It shows what a backend has to fill in, and that nothing else of a [Loop] asks the system.
final class PlayedLoop extends Loop {
    /// So few that what is written is cut and has to wait.
    private static final int SOCKET_BYTES = 7;

    /// A test is over long before so many turns.
    private static final int TURNS_MAX = 10_000;

    private final World world;
    private final Set<Channel> channels = new LinkedHashSet<>();
    boolean woken;

    /// What the loops have in common: the time and the listening ports.
    static final class World implements Platform {
        @Override
        public SocketFiles socketFiles() {
            return Platform.SYSTEM.socketFiles();
        }

        @Override
        public void whileWaitingFor(java.util.concurrent.Future<?> answer) {
            throw new UnsupportedOperationException("nobody waits here");
        }

        private final Map<SocketAddress, Port> ports = new HashMap<>();
        private final List<Runnable> looks = new ArrayList<>();
        private Duration lookStep = Duration.ZERO;
        private final List<PlayedLoop> loops = new ArrayList<>();
        private long nanos = Duration.ofDays(1).toNanos();

        PlayedLoop loop() {
            var loop = new PlayedLoop(this);
            loops.add(loop);
            return loop;
        }

        /// Runs all loops until each has stopped, and lets time pass when none has anything to do.
        void run() {
            Map<PlayedLoop, DrivenRun> runs = new HashMap<>();
            for (PlayedLoop loop : loops) {
                runs.put(loop, new DrivenRun(loop));
                runs.get(loop).begin();
            }
            for (int turns = 0; !loops.stream().allMatch(loop -> runs.get(loop).over()); turns++) {
                if (turns == TURNS_MAX) {
                    throw new AssertionError("the loops go on and on");
                }
                long wait = Long.MAX_VALUE;
                for (PlayedLoop loop : loops) {
                    DrivenRun run = runs.get(loop);
                    if (!run.over()) {
                        wait = Math.min(wait, run.turn());
                    }
                }
                boolean busy = loops.stream().anyMatch(PlayedLoop::takeWoken)
                        || loops.stream()
                                .flatMap(loop -> loop.channels.stream())
                                .anyMatch(Channel::isReady);
                nanos += busy ? 0 : wait;
            }
            loops.forEach(loop -> runs.get(loop).end());
        }

        @Override
        public Subscription lookEvery(Duration step, String threadName, Runnable look) {
            lookStep = step;
            looks.add(look);
            return () -> looks.remove(look);
        }

        /// Those who look at present.
        List<Runnable> looks() {
            return looks;
        }

        /// Lets time pass in the middle of a callback, while others look.
        void passWatched(Duration time) {
            for (long left = time.toNanos(); left > 0; left -= lookStep.toNanos()) {
                nanos += Math.min(left, lookStep.toNanos());
                List.copyOf(looks).forEach(Runnable::run);
            }
        }

        /// Lets time pass in the middle of a callback.
        void pass(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos);
        }

        @Override
        public ThreadPool threadPool(int maxThreads) {
            return Platform.SYSTEM.threadPool(maxThreads); // which starts no thread before there is work
        }

        @Override
        public Resolver resolver(Reactor reactor) {
            return name -> {
                throw new AssertionError("nobody looks up names here, but " + name + " was");
            };
        }

        @Override
        public Subscription signals(Consumer<@Nullable String> subscriber) {
            return Subscription.NONE;
        }
    }

    private PlayedLoop(World world) {
        super(world, null);
        this.world = world;
    }

    /// What the loop looks after.
    private interface Channel {
        boolean isReady();

        void ready();

        void disconnected(Failure reason);
    }

    private boolean takeWoken() {
        boolean was = woken;
        woken = false;
        return was;
    }

    @Override
    protected void poll(long waitNanos) {
        if (waitNanos != 0) {
            throw new AssertionError("a driven loop was asked to wait for " + waitNanos + " ns");
        }
        for (Channel channel : List.copyOf(channels)) {
            if (channels.contains(channel) && channel.isReady()) {
                handlerBegins();
                channel.ready();
                handlerDone(channel);
            }
        }
    }

    @Override
    protected void wake() {
        woken = true;
    }

    @Override
    protected void disconnectAll(Failure reason) {
        List.copyOf(channels).forEach(channel -> channel.disconnected(reason));
    }

    @Override
    protected void dispose() {
        channels.clear();
    }

    @Override
    protected StreamPort port(Listening listening) {
        return new Port(listening);
    }

    @Override
    protected Runnable dial(SocketAddress remote, Attempt attempt) {
        var dial = new Dial(this, remote, attempt);
        channels.add(dial);
        return () -> channels.remove(dial);
    }

    @Override
    protected DatagramPort datagramPort(InetSocketAddress where, DatagramProtocol protocol, DatagramOptions options) {
        throw new UnsupportedOperationException("only TCP is played here");
    }

    @Override
    protected DatagramPort datagramPort(
            DatagramChannel channel, InetSocketAddress where, DatagramProtocol protocol, DatagramOptions options) {
        throw new UnsupportedOperationException("only TCP is played here");
    }

    @Override
    protected Closeable reserve() {
        return () -> {};
    }

    @Override
    public List<Object> openChannels() {
        return List.copyOf(channels);
    }

    @Override
    public void addReader(ReadDescriptor reader) {
        throw new UnsupportedOperationException("no channels of the system's here");
    }

    @Override
    public void removeReader(ReadDescriptor reader) {}

    @Override
    public void addWriter(WriteDescriptor writer) {
        throw new UnsupportedOperationException("no channels of the system's here");
    }

    @Override
    public void removeWriter(WriteDescriptor writer) {}

    @Override
    public List<ReadDescriptor> readers() {
        return List.of();
    }

    @Override
    public List<WriteDescriptor> writers() {
        return List.of();
    }

    @Override
    public List<Descriptor> removeAll() {
        return List.of();
    }

    /// A listening port.
    private final class Port extends StreamPort implements Channel {
        private final Queue<Socket> waiting = new ArrayDeque<>();
        private final TransportLimits limits;
        private @Nullable SocketAddress address;
        private boolean accepting;

        Port(Listening listening) {
            super(listening);
            limits = listening.limits();
        }

        @Override
        protected SocketAddress bind(SocketAddress wanted, int backlog) {
            address = wanted;
            world.ports.put(wanted, this);
            channels.add(this);
            return wanted;
        }

        @Override
        protected void accepting(boolean on) {
            accepting = on;
        }

        @Override
        protected @Nullable Accepted accept() {
            Socket next = waiting.poll();
            if (next == null) {
                return null;
            }
            return new Accepted() {
                @Override
                public StreamConnection on(Loop loop) {
                    return ((PlayedLoop) loop).connection(next, limits);
                }

                @Override
                public void close() {
                    next.close();
                }
            };
        }

        @Override
        protected boolean refuse() {
            Socket next = waiting.poll();
            if (next != null) {
                next.close();
            }
            return next != null;
        }

        @Override
        protected void unwatch() {}

        @Override
        protected void close() {
            world.ports.remove(address, this);
            channels.remove(this);
        }

        @Override
        public boolean isReady() {
            return accepting && !waiting.isEmpty();
        }

        @Override
        public void ready() {
            acceptReady();
        }

        @Override
        public void disconnected(Failure reason) {
            disconnected();
        }
    }

    /// On its way to be connected.
    private record Dial(PlayedLoop loop, SocketAddress remote, Attempt attempt) implements Channel {

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void ready() {
            loop.channels.remove(this);
            Port port = loop.world.ports.get(remote);
            if (port == null) {
                attempt.failed(new ConnectException("Connection refused"));
                return;
            }
            var here = new Socket(new InetSocketAddress(InetAddress.ofLiteral("10.0.0.2"), 1025), remote);
            port.waiting.add(here.other());
            attempt.connected(loop.connection(here, attempt.limits()));
        }

        @Override
        public void disconnected(Failure reason) {
            loop.channels.remove(this);
            attempt.failed(reason);
        }
    }

    /// One end of a stream.
    private static final class Socket {
        private final SocketAddress local;
        private final SocketAddress remote;
        private final Socket other;
        private final ByteBuffer arrived = ByteBuffer.allocate(SOCKET_BYTES);
        private boolean ended;

        Socket(SocketAddress local, SocketAddress remote) {
            this.local = local;
            this.remote = remote;
            other = new Socket(this);
        }

        private Socket(Socket other) {
            this.local = other.remote;
            this.remote = other.local;
            this.other = other;
        }

        Socket other() {
            return other;
        }

        boolean isReadable() {
            return arrived.position() > 0 || ended;
        }

        boolean isWritable() {
            return other.arrived.hasRemaining();
        }

        int read(ByteBuffer into) {
            if (arrived.position() == 0) {
                return ended ? -1 : 0;
            }
            arrived.flip();
            int count = move(arrived, into);
            arrived.compact();
            return count;
        }

        int write(ByteBuffer from) {
            return move(from, other.arrived);
        }

        void close() {
            other.ended = true;
        }

        private static int move(ByteBuffer from, ByteBuffer into) {
            int count = Math.min(from.remaining(), into.remaining());
            into.put(from.slice().limit(count));
            from.position(from.position() + count);
            return count;
        }
    }

    private StreamConnection connection(Socket socket, TransportLimits limits) {
        var connection = new Connection(this, socket, limits);
        channels.add(connection);
        return connection;
    }

    /// A connection on a socket.
    private static final class Connection extends StreamConnection implements Channel {
        private final PlayedLoop loop;
        private final Socket socket;
        private boolean reading;
        private boolean writing;

        Connection(PlayedLoop loop, Socket socket, TransportLimits limits) {
            super(loop, socket.local, socket.remote, limits);
            this.loop = loop;
            this.socket = socket;
        }

        @Override
        protected int receive(ByteBuffer into) {
            return socket.read(into);
        }

        @Override
        protected int send(ByteBuffer bytes) {
            return socket.write(bytes);
        }

        @Override
        protected long send(ByteBuffer[] pieces, int first, int count) {
            long sent = 0;
            for (int i = first; i < first + count; i++) {
                sent += socket.write(pieces[i]);
            }
            return sent;
        }

        @Override
        protected long transfer(FileChannel file, long position, long count) {
            throw new UnsupportedOperationException("no files are sent here");
        }

        @Override
        protected void watch(boolean wantsRead, boolean wantsWrite) {
            reading = wantsRead;
            writing = wantsWrite;
        }

        @Override
        protected void shutdownOutput() {
            socket.close();
        }

        @Override
        protected void close(boolean reset) {
            socket.close();
            loop.channels.remove(this);
        }

        @Override
        public boolean isReady() {
            return reading && socket.isReadable() || writing && socket.isWritable();
        }

        @Override
        public void ready() {
            if (reading && socket.isReadable()) {
                readReady();
            }
            if (writing && socket.isWritable()) {
                writeReady();
            }
        }
    }
}
