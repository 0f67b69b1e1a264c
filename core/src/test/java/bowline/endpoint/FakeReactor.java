package bowline.endpoint;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.Factory;
import bowline.protocol.NotConnectingError;
import bowline.protocol.Protocol;
import bowline.protocol.UserError;
import bowline.reactor.ConnectOptions;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.Resolver;
import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import bowline.time.Action;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The parts of a reactor that endpoints and services use, played by hand: each attempt to connect and each port is
/// kept for the test to decide about. Every other method fails.
public final class FakeReactor {
    /// The time.
    public final ManualClock clock = new ManualClock();
    /// Every attempt to connect, in order.
    public final List<Attempt> attempts = new ArrayList<>();
    /// Every port opened, in order.
    public final List<Port> ports = new ArrayList<>();
    /// Ports that are taken.
    public final Set<Integer> taken = new HashSet<>();
    /// Names looked up, in order.
    public final List<String> lookUps = new ArrayList<>();
    /// What look-ups answer.
    public Deferred<List<java.net.InetAddress>> addresses = new Deferred<>();
    /// Before-shutdown triggers.
    public final List<Callable<? extends Deferred<?>>> beforeShutdown = new ArrayList<>();

    /// Other triggers.
    public final Map<Reactor.SystemEventTrigger, Action> triggers = new LinkedHashMap<>();

    /// What the code under test is given.
    public final Reactor reactor = (Reactor) Proxy.newProxyInstance(
            FakeReactor.class.getClassLoader(), new Class<?>[] {Reactor.class}, (proxy, method, arguments) -> {
                Object[] given = arguments == null ? new Object[0] : arguments;
                try {
                    return played(method).invoke(this, given);
                } catch (NoSuchMethodException notHere) {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, given);
                    }
                    return method.getDeclaringClass().isAssignableFrom(ManualClock.class)
                            ? method.invoke(clock, given)
                            : method.invoke(this, given);
                } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                }
            });

    private static Method played(Method method) throws NoSuchMethodException {
        return FakeReactor.class.getMethod(method.getName(), method.getParameterTypes());
    }

    @Override
    public String toString() {
        return "FakeReactor";
    }

    public Resolver resolver() {
        return name -> {
            lookUps.add(name);
            return addresses;
        };
    }

    public ListeningPort listenTcp(int port, Factory<?> factory, ListenOptions options) {
        if (taken.contains(port)) {
            throw new CannotListenError(
                    "tcp:" + port, "the port is in use", new BindException("Address already in use"));
        }
        Port opened = new Port(port, factory, options);
        ports.add(opened);
        factory.doStart();
        return opened;
    }

    public Connector connectTcp(String host, int port, ClientFactory<?> factory, ConnectOptions options) {
        Attempt attempt = new Attempt(host, port, factory, options);
        attempts.add(attempt);
        factory.doStart();
        factory.startedConnecting(attempt);
        return attempt;
    }

    public Reactor.SystemEventTrigger addSystemEventTrigger(Reactor.Phase phase, String event, Action action) {
        var trigger = new Reactor.SystemEventTrigger() {};
        triggers.put(trigger, action);
        return trigger;
    }

    public void removeSystemEventTrigger(Reactor.SystemEventTrigger trigger) {
        if (triggers.remove(trigger) == null) {
            throw new IllegalArgumentException("no such trigger");
        }
    }

    public Reactor.SystemEventTrigger addSystemEventTriggerDeferring(
            String event, Callable<? extends Deferred<?>> before) {
        beforeShutdown.add(before);
        return new Reactor.SystemEventTrigger() {};
    }

    /// A port, open until it is stopped; the test ends the stop.
    public static final class Port implements ListeningPort {
        public final int port;
        public final Factory<?> factory;
        public final ListenOptions options;
        public final Deferred<@Nullable Void> stopped = new Deferred<>();
        public boolean stopping;

        Port(int port, Factory<?> factory, ListenOptions options) {
            this.port = port;
            this.factory = factory;
            this.options = options;
        }

        /// A new connection, from the peer's side.
        public MemoryTransport accept() throws Exception {
            Protocol protocol = factory.build(new Address.IPv4(Address.Carrier.TCP, "127.0.0.1", 40000));
            return MemoryTransport.connect(protocol);
        }

        @Override
        public Address host() {
            return new Address.IPv4(Address.Carrier.TCP, "0.0.0.0", port);
        }

        @Override
        public void startListening() {
            stopping = false;
        }

        @Override
        public Deferred<@Nullable Void> stopListening() {
            stopping = true;
            factory.doStop();
            return stopped;
        }
    }

    /// An attempt to connect, under way until the test ends it.
    public static final class Attempt implements Connector {
        public final String host;
        public final int port;
        public final ConnectOptions options;
        private final ClientFactory<?> factory;
        private State state = State.CONNECTING;

        Attempt(String host, int port, ClientFactory<?> factory, ConnectOptions options) {
            this.host = host;
            this.port = port;
            this.factory = factory;
            this.options = options;
        }

        /// It succeeds (CON-4).
        public @Nullable MemoryTransport succeed() throws Exception {
            state = State.CONNECTED;
            Protocol protocol = factory.build(destination());
            if (protocol == null) {
                state = State.DISCONNECTED;
                factory.doStop();
                return null;
            }
            return MemoryTransport.connect(protocol);
        }

        /// It fails (CON-6).
        public void fail(Throwable reason) {
            state = State.DISCONNECTED;
            factory.clientConnectionFailed(this, Failure.of(reason));
            factory.doStop();
        }

        @Override
        public State state() {
            return state;
        }

        @Override
        public void connect() {
            throw new IllegalStateException("an endpoint never reconnects by the same connector");
        }

        @Override
        public void disconnect() {
            if (state == State.CONNECTING) {
                stopConnecting();
            }
            state = State.DISCONNECTED;
        }

        @Override
        public void stopConnecting() {
            if (state != State.CONNECTING) {
                throw new NotConnectingError();
            }
            fail(new UserError("stopped"));
        }

        @Override
        public Address destination() {
            return new Address.Hostname(host, port);
        }
    }

    /// Lets time pass.
    public void advance(Duration time) {
        clock.advance(time);
    }
}
