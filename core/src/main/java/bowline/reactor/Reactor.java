package bowline.reactor;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.Factory;
import bowline.protocol.InvalidAddressError;
import bowline.protocol.Transport;
import bowline.protocol.TransportLimits;
import bowline.reactor.watch.ReactorDescription;
import bowline.reactor.watch.ReactorWatch;
import bowline.time.Action;
import bowline.time.Clock;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One thread that waits for events and calls the code that cares (sections 9 to 16).
///
/// The thread that calls [#run] becomes the reactor's own; every callback runs there, one at a time. (A hosted
/// reactor's own thread is its host's, and `run()` waits for that: see [ReactorProvider#hosted].)
/// Only [#callFromThread], [#execute], [#wakeUp], [#blockingCallFromThread], [#isInIoThread],
/// [#deferToThread] and [#callInThread] may be called from other threads (REA-50); before `run()`, the thread that
/// sets things up may call everything. With debugging on, a call from a wrong thread fails and says so.
///
/// A reactor runs once; a process may have any number of them (REA-3). No exception of a callback ever
/// stops the loop: it is logged (REA-10).
public interface Reactor extends Clock, Executor {

    /// A new reactor of the best backend there is; `-Dbowline.reactor=` names another (REA-12).
    static Reactor create() {
        return ReactorProvider.best().create();
    }

    /// A new reactor of a backend by name, as in `nio`.
    ///
    /// @throws IllegalArgumentException if there is no such backend here; the message lists those there are
    static Reactor create(String backend) {
        return ReactorProvider.named(backend).create();
    }

    // Life

    /// Runs the loop on the calling thread until [#stop], with signal handlers (SIG-1).
    ///
    /// @throws ReactorAlreadyRunning if it is running
    /// @throws ReactorNotRestartable if it was stopped before
    default void run() {
        run(true);
    }

    /// Runs the loop on the calling thread until [#stop] (REA-2).
    ///
    /// @param installSignalHandlers whether SIGINT and SIGTERM stop the reactor (SIG-1, SIG-2)
    void run(boolean installSignalHandlers);

    /// Asks the loop to end; returns at once. The shutdown event fires at the end of this turn's timed
    /// calls, and the loop goes on until its *before* triggers are done (REA-4, EVT-6).
    ///
    /// @throws ReactorNotRunning if it is not running or was stopped before
    void stop();

    /// Leaves the loop after this step: no shutdown event, no connection closed. It can run again (REA-6).
    void crash();

    /// One turn of the loop, waiting for I/O at most `wait`: for those who embed the reactor (REA-7).
    void iterate(Duration wait);

    /// Whether it is running: from *during startup* to *during shutdown* (REA-5).
    boolean running();

    /// The name of the signal that ended the loop, as in `TERM`, or null (SIG-3); always null where the JDK has no
    /// module `jdk.unsupported`: there a signal ends the loop too, but nobody can tell which.
    @Nullable
    String caughtSignal();

    /// Calls `action` now if the reactor runs, else when it has started (REA-8).
    ///
    /// @return the trigger's id, or null if it was called now
    @Nullable
    SystemEventTrigger callWhenRunning(Action action);

    // System events

    /// Has `action` called once when the event fires (section 12).
    SystemEventTrigger addSystemEventTrigger(Phase phase, String event, Action action);

    /// As [#addSystemEventTrigger], for an action whose end is awaited before the *during* phase (EVT-2).
    SystemEventTrigger addSystemEventTriggerDeferring(String event, Callable<? extends Deferred<?>> before);

    /// Takes a trigger back.
    ///
    /// @throws IllegalArgumentException if it is not registered (EVT-1)
    void removeSystemEventTrigger(SystemEventTrigger trigger);

    /// Fires an event by the rules of startup and shutdown (EVT-7).
    void fireSystemEvent(String event);

    /// When, relative to the event itself, a trigger is called (EVT-1).
    enum Phase {
        /// Preparing; its Deferreds are awaited.
        BEFORE,
        /// The event itself.
        DURING,
        /// Everything is done.
        AFTER
    }

    /// The id of a registered trigger.
    interface SystemEventTrigger {}

    // Connections

    /// Accepts TCP connections on all IPv4 addresses; port 0 picks a free one (LIS-1).
    ///
    /// @throws CannotListenError if the port cannot be taken
    default ListeningPort listenTcp(int port, Factory<?> factory) {
        return listenTcp(port, factory, ListenOptions.DEFAULT);
    }

    /// Accepts TCP connections.
    ///
    /// @throws CannotListenError if the port cannot be taken
    ListeningPort listenTcp(int port, Factory<?> factory, ListenOptions options);

    /// Begins a TCP connection and returns its connector, already connecting (CON-1, CON-3).
    default Connector connectTcp(String host, int port, ClientFactory<?> factory) {
        return connectTcp(host, port, factory, ConnectOptions.DEFAULT);
    }

    /// Begins a TCP connection.
    Connector connectTcp(String host, int port, ClientFactory<?> factory, ConnectOptions options);

    /// Begins a TCP connection to a service by its name, as in `http` (CON-1).
    ///
    /// @throws ServiceNameUnknown if neither the system nor we know its port; nothing has begun then
    default Connector connectTcp(String host, String service, ClientFactory<?> factory, ConnectOptions options) {
        return connectTcp(host, ServiceNames.tcpPort(service), factory, options);
    }

    // Datagrams (section 23)

    /// Receives and sends datagrams on all IPv4 addresses; port 0 picks a free one (UDP-1).
    ///
    /// @throws CannotListenError if the port cannot be taken
    default UdpPort listenUdp(int port, DatagramProtocol protocol) {
        return listenUdp(port, protocol, DatagramOptions.DEFAULT);
    }

    /// Receives and sends datagrams.
    ///
    /// @throws CannotListenError if the port cannot be taken
    /// @throws InvalidAddressError if the interface is not an address in numbers
    UdpPort listenUdp(int port, DatagramProtocol protocol, DatagramOptions options);

    /// As [#listenUdp(int, DatagramProtocol)], for a protocol that joins groups (UDP-10).
    default MulticastPort listenMulticast(int port, DatagramProtocol protocol) {
        return listenMulticast(port, protocol, DatagramOptions.DEFAULT);
    }

    /// As [#listenUdp(int, DatagramProtocol, DatagramOptions)], for a protocol that joins groups (UDP-10). Several
    /// programs can hear the same group with [DatagramOptions#listenMultiple].
    MulticastPort listenMulticast(int port, DatagramProtocol protocol, DatagramOptions options);

    /// Takes over a channel that is bound to a port, and may be connected: for sockets that the program
    /// configured or inherited. From then on it is the reactor's, which closes it.
    ///
    /// @throws IllegalArgumentException if it is not bound
    /// @throws CannotListenError if it is closed
    MulticastPort adoptDatagramPort(DatagramChannel channel, DatagramProtocol protocol, DatagramOptions options);

    /// Accepts connections at a path in the file system, which becomes a socket and is removed when the port closes
    /// (UNX-1, UNX-4).
    ///
    /// @throws CannotListenError if the path cannot be taken
    default ListeningPort listenUnix(Path path, Factory<?> factory, UnixListenOptions options) {
        return listenUnix(new Address.Unix(path.toString()), factory, options);
    }

    /// Accepts connections at a UNIX socket.
    ///
    /// @throws CannotListenError if the address cannot be taken
    /// @throws UnsupportedOperationException if it is an abstract name, and the backend knows none (UNX-5)
    ListeningPort listenUnix(Address.Unix where, Factory<?> factory, UnixListenOptions options);

    /// Begins a connection to a UNIX socket at a path (UNX-2).
    default Connector connectUnix(Path path, ClientFactory<?> factory, UnixConnectOptions options) {
        return connectUnix(new Address.Unix(path.toString()), factory, options);
    }

    /// Begins a connection to a UNIX socket.
    ///
    /// @throws UnsupportedOperationException if it is an abstract name, and the backend knows none (UNX-5)
    Connector connectUnix(Address.Unix where, ClientFactory<?> factory, UnixConnectOptions options);

    /// Receives and sends datagrams at a UNIX socket, at a path or an abstract name (UNX-8).
    ///
    /// @throws CannotListenError if the address cannot be taken
    /// @throws UnsupportedOperationException unless the backend has such sockets, as the Linux ones have
    default UnixDatagramPort listenUnixDatagram(
            Address.Unix where, DatagramProtocol protocol, UnixDatagramOptions options) {
        throw noUnixDatagrams(where);
    }

    /// Exchanges datagrams with the one that listens at a UNIX socket, from
    /// [a name of one's own][UnixDatagramOptions#bindAddress] or from none (UNX-8). If it cannot be reached the
    /// protocol is told so by [DatagramProtocol#connectionFailed], on a later turn, and is not started.
    ///
    /// @throws UnsupportedOperationException unless the backend has such sockets, as the Linux ones have
    default UnixDatagramPort connectUnixDatagram(
            Address.Unix where, DatagramProtocol protocol, UnixDatagramOptions options) {
        throw noUnixDatagrams(where);
    }

    private static UnsupportedOperationException noUnixDatagrams(Address.Unix where) {
        return new UnsupportedOperationException("this backend has no datagrams over UNIX sockets, as for " + where
                + "; the Linux backends (bowline.linux) have: choose one, or a UNIX stream, or UDP on 127.0.0.1");
    }

    // Sockets that the program brings by their descriptors (LIS-9)

    /// Accepts connections on a listening socket that the program brings by its descriptor, as one that it
    /// inherited (LIS-9). The reactor takes a copy: the caller keeps the descriptor, and may close it at any
    /// time. When the port stops listening, the socket lives on as long as somebody has a copy; nothing in the
    /// file system is removed.
    ///
    /// All copies share what is set on them: from here on none of them blocks.
    ///
    /// @param descriptor a listening stream socket of IPv4, IPv6 or UNIX
    /// @param limits how much each accepted connection may hold in memory
    /// @throws UnsupportedAddressFamily if it is a socket of another kind
    /// @throws IllegalArgumentException if it is no listening stream socket; the message says what it is
    /// @throws UnsupportedOperationException unless the backend works on descriptors, as those of Linux do
    default ListeningPort adoptStreamPort(int descriptor, Factory<?> factory, TransportLimits limits) {
        throw needsDescriptors("adopt", descriptor);
    }

    /// As [#adoptStreamPort(int, Factory, TransportLimits)], with the usual limits.
    default ListeningPort adoptStreamPort(int descriptor, Factory<?> factory) {
        return adoptStreamPort(descriptor, factory, TransportLimits.DEFAULT);
    }

    /// Takes over a connected socket that the program brings by its descriptor, as a server's connection
    /// (LIS-9): the factory builds its protocol, which is told of the connection before this returns. The
    /// reactor takes a copy: the caller keeps the descriptor, and should close it, for the peer sees no end
    /// while one copy is open.
    ///
    /// All copies share what is set on them: from here on none of them blocks.
    ///
    /// @param descriptor a connected stream socket of IPv4, IPv6 or UNIX
    /// @param limits how much the connection may hold in memory
    /// @return the connection; null if the factory did not want it, or failed, which is logged: our copy is closed
    /// then
    /// @throws UnsupportedAddressFamily if it is a socket of another kind
    /// @throws IllegalArgumentException if it is no connected stream socket; the message says what it is
    /// @throws UnsupportedOperationException unless the backend works on descriptors, as those of Linux do
    default @Nullable Transport adoptStreamConnection(int descriptor, Factory<?> factory, TransportLimits limits) {
        throw needsDescriptors("adopt", descriptor);
    }

    /// As [#adoptStreamConnection(int, Factory, TransportLimits)], with the usual limits.
    default @Nullable Transport adoptStreamConnection(int descriptor, Factory<?> factory) {
        return adoptStreamConnection(descriptor, factory, TransportLimits.DEFAULT);
    }

    /// Receives and sends datagrams on a bound UDP socket that the program brings by its descriptor, and that
    /// may be connected (LIS-9). The reactor takes a copy: the caller keeps the descriptor, and may close it at
    /// any time.
    ///
    /// All copies share what is set on them: from here on none of them blocks.
    ///
    /// @param descriptor a bound UDP socket
    /// @throws UnsupportedAddressFamily if it is a socket of another kind
    /// @throws IllegalArgumentException if it is no bound socket of datagrams; the message says what it is
    /// @throws UnsupportedOperationException unless the backend works on descriptors, as those of Linux do
    default MulticastPort adoptDatagramPort(int descriptor, DatagramProtocol protocol, DatagramOptions options) {
        throw needsDescriptors("adopt", descriptor);
    }

    /// Takes a TCP port, on which connections then wait, without serving it.
    ///
    /// @throws CannotListenError if the port cannot be taken
    /// @throws UnsupportedOperationException unless the backend works on descriptors, as those of Linux do
    default HeldPort holdTcp(int port, ListenOptions options) {
        throw cannotHold("TCP", port);
    }

    /// Takes a UDP port, at which datagrams then wait, without serving it.
    ///
    /// @throws CannotListenError if the port cannot be taken
    /// @throws UnsupportedOperationException unless the backend works on descriptors, as those of Linux do
    default HeldPort holdUdp(int port, DatagramOptions options) {
        throw cannotHold("UDP", port);
    }

    private UnsupportedOperationException cannotHold(String carrier, int port) {
        return new UnsupportedOperationException(getClass().getSimpleName() + " cannot hold the " + carrier + " port "
                + port + " for another program, for it knows no descriptors; on Linux the reactors epoll and uring of"
                + " bowline-linux can");
    }

    /// Takes over a plain descriptor, to read and write it without waiting. From here on it is the channel's, which
    /// closes it. Neither it nor its copies block any more.
    ///
    /// @throws IllegalArgumentException if it is not open
    /// @throws UnsupportedOperationException unless the backend works on descriptors, as those of Linux do
    default DescriptorChannel descriptorChannel(int descriptor) {
        throw needsDescriptors("read and write", descriptor);
    }

    private UnsupportedOperationException needsDescriptors(String what, int descriptor) {
        return new UnsupportedOperationException(getClass().getSimpleName() + " cannot " + what + " descriptor "
                + descriptor + ", for it knows none; on Linux the reactors epoll and uring of bowline-linux can");
    }

    /// Looks up names for this reactor (section 15).
    Resolver resolver();

    /// Replaces the resolver and returns the former one (RES-5).
    Resolver installResolver(Resolver resolver);

    // Readiness of channels that the program brings (section 16)

    /// Has `reader.doRead()` called whenever its channel can be read.
    ///
    /// @throws IllegalArgumentException if the channel blocks, or cannot be waited for, as a file (FDS-8)
    /// @throws UnsupportedOperationException if it is a plain descriptor, and the backend knows none
    void addReader(ReadDescriptor reader);

    /// Stops that; an unknown reader is ignored.
    void removeReader(ReadDescriptor reader);

    /// Has `writer.doWrite()` called whenever its channel can be written.
    ///
    /// @throws IllegalArgumentException if the channel blocks, or cannot be waited for, as a file (FDS-8)
    /// @throws UnsupportedOperationException if it is a plain descriptor, and the backend knows none
    void addWriter(WriteDescriptor writer);

    /// Stops that; an unknown writer is ignored.
    void removeWriter(WriteDescriptor writer);

    /// The readers, without the reactor's own.
    List<ReadDescriptor> readers();

    /// The writers, without the reactor's own.
    List<WriteDescriptor> writers();

    /// Removes all but the reactor's own, and returns what was removed (FDS-2).
    List<Descriptor> removeAll();

    /// Everything that is open: ports, connections, attempts to connect, channels of the program's own.
    /// Each tells what it is by its string: for those who look for what was left behind (TST-9).
    List<Object> openChannels();

    // Threads

    /// Calls `action` on the reactor's thread on a coming turn. From any thread (THR-1).
    void callFromThread(Action action);

    /// The same, as an [Executor].
    @Override
    default void execute(Runnable command) {
        callFromThread(command::run);
    }

    /// Whether timed calls, calls from threads and work on pool threads keep the [bowline.log.LogContext] of
    /// who asked for them, as coroutines always do (COR-8). They do not, by default: their lines in the log
    /// then belong to nobody in particular.
    void carryContext(boolean on);

    /// Ends the loop's present wait. From any thread.
    void wakeUp();

    /// Runs `work` on a pool thread; the Deferred fires on the reactor's thread (THR-3). Cancelling gives
    /// up the result and lets the work run.
    <T extends @Nullable Object> Deferred<T> deferToThread(Callable<T> work);

    /// Runs `work` on a pool thread; an exception is logged (THR-4).
    void callInThread(Action work);

    /// Runs `call` on the reactor's thread, waits for its Deferred too, and returns the value or throws
    /// the exception (THR-5). From any other thread; the caller blocks.
    ///
    /// @throws IllegalStateException on the reactor's own thread, which would wait for itself
    /// @throws ReactorNotRunning if the reactor stops before there is a result
    <T extends @Nullable Object> T blockingCallFromThread(Callable<? extends Deferred<T>> call) throws Exception;

    /// The pool behind [#deferToThread]: 0 to 10 threads (THR-6).
    ThreadPool threadPool();

    /// Sets how many threads the pool may have (THR-6).
    void suggestThreadPoolSize(int max);

    /// Whether the calling thread is the reactor's own (THR-10). From any thread.
    boolean isInIoThread();

    // Looking

    /// What can be seen of it while it runs: counters, gauges, what it waits for. From any thread.
    ///
    /// @throws UnsupportedOperationException if it cannot be watched, as one that only remembers
    default ReactorWatch watch() {
        throw new UnsupportedOperationException(
                getClass().getName() + " cannot be watched: it has no loop; use a real or a simulated reactor");
    }

    /// What it is, does and waits for now: open ports, connections, timers, coroutines and more. From any
    /// thread; see [ReactorWatch#describe()].
    ///
    /// @throws UnsupportedOperationException if it cannot be watched, as one that only remembers
    default ReactorDescription describe() {
        return watch().describe();
    }

    /// Has `things` asked whenever this reactor is described, on its thread, and what it answers listed by the
    /// string of each under the heading `part`, as in `services`. A reactor that cannot be watched ignores
    /// this.
    ///
    /// @return ends that
    default Runnable addToDescription(String part, Supplier<? extends Collection<?>> things) {
        return () -> {};
    }

    // Coroutines

    /// Runs `body` as a coroutine: at once, up to its first wait; the Deferred carries its value
    /// (section 7). The body never runs at the same time as anything else on this reactor.
    <T extends @Nullable Object> Deferred<T> async(Callable<T> body);

    /// Runs `body` as a coroutine.
    default Deferred<@Nullable Void> async(Action body) {
        return async(() -> {
            body.run();
            return null;
        });
    }
}
