package bowline.supervise;

import bowline.defer.Deferred;
import bowline.endpoint.EndpointString;
import bowline.endpoint.ServerEndpoint;
import bowline.endpoint.TcpServerEndpoint;
import bowline.process.Spawn;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.HeldPort;
import bowline.reactor.Reactor;
import bowline.service.ServerService;
import bowline.service.ServiceGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Listens at many endpoints and answers each with a program that is started for the connection, or with a
/// [SmallService] (RUN-7): what `inetd` does.
///
///     var server = new SuperServer(reactor)
///             .answer("tcp:7", SmallService.ECHO, ServiceLimits.USUAL)
///             .answer("udp:7", SmallService.ECHO, ServiceLimits.USUAL)
///             .run("tcp:2000", "calculator", Spawn.command("bc", "-q"), ServiceLimits.USUAL);
///
/// A program talks with its peer by standard input and output, through pipes: it can serve one connection
/// (`nowait`, [#run]). Or it is given the port itself (`wait`, [#hand]), which needs a reactor that works on
/// descriptors, as those of Linux do. Who the peer is, the former finds in `REMOTE_ADDR` and `REMOTE_PORT`. When
/// the connection is lost, the program ends by TERM and, when that takes too long, KILL, and what it had started
/// ends with it.
///
/// Stopping closes the ports, tells programs that there is no more input, and waits until all are gone. For the
/// reactor's thread, and before it runs.
public final class SuperServer extends ServiceGroup {
    private final Reactor reactor;
    private final Spawner spawner;
    private final Set<RunningProgram> programs = new LinkedHashSet<>();
    private final List<Deferred<@Nullable Void>> waiters = new ArrayList<>();

    /// A server without services yet.
    public SuperServer(Reactor reactor) {
        this(reactor, Spawner.on(reactor));
    }

    /// A server whose programs are started by `spawner`.
    public SuperServer(Reactor reactor, Spawner spawner) {
        this.reactor = reactor;
        this.spawner = spawner;
    }

    /// Answers with a small service at an endpoint, as `tcp:7` or `udp:7:interface=127.0.0.1`. Of `limits`, a UDP
    /// port needs none: it keeps nothing of anybody.
    ///
    /// @throws IllegalArgumentException if the endpoint cannot be read
    public SuperServer answer(String endpoint, SmallService service, ServiceLimits limits) {
        if (isUdp(endpoint)) {
            add(datagrams(endpoint, service.datagrams()));
        } else {
            listen(endpoint, service.factory(limits.idleTimeout()), limits);
        }
        return this;
    }

    /// Answers at an endpoint with a program for each connection. Its standard input, output and error are the
    /// server's business, whatever `spawn` says of them.
    ///
    /// @param name what it is called in the log
    /// @throws IllegalArgumentException if the endpoint cannot be read, or is none of connections
    public SuperServer run(String endpoint, String name, Spawn spawn, ServiceLimits limits) {
        if (isUdp(endpoint)) {
            throw new IllegalArgumentException(
                    "endpoint \"" + endpoint + "\" has no connections to start a program for;"
                            + " give one as tcp:2000, or one of the small services");
        }
        Spawn piped = spawn.descriptors(Spawn.STANDARD_PIPES);
        return listen(endpoint, Factory.of(() -> new ProgramConnection(this, name, piped, limits)), limits);
    }

    /// Hands the port itself to a program, when somebody waits there and none has it (`wait`): standard input
    /// and output are the listening socket, or the UDP port, and block; standard error goes to the log. The
    /// program serves whom it finds, and ends when it likes; after that the next who comes has it started
    /// again.
    ///
    /// Of `limits`, the program is held to `maxStartsPerMinute` and `killTimeout`: how many it serves, and how
    /// long, is its own business. One that ends without serving those who wait is started until that limit;
    /// then it rests for a minute.
    ///
    /// @param name what it is called in the log
    /// @throws IllegalArgumentException if the endpoint cannot be read, or is neither of TCP nor of UDP
    public SuperServer hand(String endpoint, String name, Spawn spawn, ServiceLimits limits) {
        add(new HandingService(this, reactor, held(endpoint), name, spawn, limits));
        return this;
    }

    private Supplier<HeldPort> held(String endpoint) {
        if (isUdp(endpoint)) {
            UdpPlace place = UdpPlace.of(endpoint);
            return () -> reactor.holdUdp(place.port(), place.options());
        }
        if (ServerEndpoint.of(reactor, endpoint) instanceof TcpServerEndpoint tcp) {
            return () -> reactor.holdTcp(tcp.port(), tcp.options());
        }
        throw new IllegalArgumentException("endpoint \"" + endpoint
                + "\" is no port to be handed to a program; give one" + " as tcp:2000, or udp:69");
    }

    private <P extends Protocol> SuperServer listen(String endpoint, Factory<P> factory, ServiceLimits limits) {
        factory.noisy(false);
        add(ServerService.of(reactor, endpoint, limits.inFrontOf(factory, reactor)));
        return this;
    }

    private static boolean isUdp(String endpoint) {
        return EndpointString.parse(endpoint).type().equals("udp");
    }

    private DatagramService datagrams(String endpoint, DatagramProtocol protocol) {
        UdpPlace place = UdpPlace.of(endpoint);
        return new DatagramService(reactor, place.port(), protocol, place.options());
    }

    /// How many programs run now.
    public int programCount() {
        return programs.size();
    }

    // For the connections

    Spawner spawner() {
        return spawner;
    }

    void began(RunningProgram program) {
        programs.add(program);
    }

    void ended(RunningProgram program) {
        programs.remove(program);
        if (programs.isEmpty()) {
            List<Deferred<@Nullable Void>> all = List.copyOf(waiters);
            waiters.clear();
            for (Deferred<@Nullable Void> waiter : all) {
                waiter.callback(null);
            }
        }
    }

    // As a service

    @Override
    protected Deferred<@Nullable Void> stopService() {
        return super.stopService().addCallbackDeferring(_ -> programsGone());
    }

    /// A deadline of zero ends programs by KILL.
    @Override
    protected Deferred<@Nullable Void> drainService(Duration deadline) {
        Deferred<@Nullable Void> closed = super.drainService(deadline);
        if (deadline.isZero()) {
            List.copyOf(programs).forEach(program -> program.kill(Duration.ZERO));
        }
        return closed.addCallbackDeferring(_ -> programsGone());
    }

    private Deferred<@Nullable Void> programsGone() {
        if (programs.isEmpty()) {
            return Deferred.succeed(null);
        }
        Deferred<@Nullable Void> gone = new Deferred<>();
        waiters.add(gone);
        return gone;
    }
}
