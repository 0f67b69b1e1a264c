package bowline.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.linux.system.Sockets;
import bowline.linux.system.SystemCalls;
import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.InheritedPorts;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.OpenPort;
import bowline.reactor.PortHandover;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.reactor.ReactorProvider;
import bowline.reactor.Sharing;
import bowline.reactor.UdpPort;
import bowline.reactor.UnixListenOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ports that go from one reactor to another, as from process to process: the second gets copies of the descriptors.
class SocketHandoverTest {
    private static final ListenOptions LOOPBACK = ListenOptions.DEFAULT.on("127.0.0.1");
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    private final Sockets sockets = new Sockets(new SystemCalls());
    private final List<Reactor> reactors = new ArrayList<>();
    private int served;

    @TempDir
    private Path folder;

    private static ReactorProvider provider(String backend) {
        ReactorProvider provider = ReactorProvider.all().stream()
                .filter(each -> each.name().equals(backend))
                .findFirst()
                .orElseThrow();
        assumeTrue(provider.obstacle().isEmpty(), provider.obstacle());
        return provider;
    }

    private Reactor reactor(String backend) {
        Reactor made = provider(backend).create();
        reactors.add(made);
        return made;
    }

    /// One that has what `before` listens at.
    private Reactor successorOf(Reactor before, String backend) throws IOException {
        Reactor after = reactor(backend);
        PortHandover.of(after)
                .inherit(new InheritedPorts(PortHandover.of(before).openPorts()));
        return after;
    }

    @AfterEach
    void end() {
        for (Reactor reactor : reactors) {
            reactor.callWhenRunning(reactor::stop);
            reactor.run(false);
        }
    }

    private Factory<Protocol> counting() {
        return Factory.of(() -> new Protocol() {
            @Override
            public void connectionMade() {
                served++;
            }
        });
    }

    private void turnUntilServed(Reactor reactor, int count) {
        long end = reactor.nanos() + TIME_LIMIT.toNanos();
        while (served < count && reactor.nanos() < end) {
            reactor.iterate(Duration.ofMillis(10));
        }
        assertThat(served).isEqualTo(count);
    }

    private static List<String> names(Reactor reactor) throws IOException {
        List<OpenPort> ports = PortHandover.of(reactor).openPorts();
        ports.forEach(port -> PortHandover.of(reactor).release(port.descriptor()));
        return ports.stream().map(OpenPort::name).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void whoWaitsAtTheDoorIsLetInByTheSuccessor(String backend) throws Exception {
        Reactor before = reactor(backend);
        ListeningPort port = before.listenTcp(0, counting(), LOOPBACK);
        Reactor after = successorOf(before, backend);
        PortHandover.of(before).handedOver(1);
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(new Socket(InetAddress.getLoopbackAddress(), port.port()));
        }
        port.stopListening();

        ListeningPort taken = after.listenTcp(0, counting(), LOOPBACK);

        assertThat(taken.host()).isEqualTo(port.host());
        clients.add(new Socket(InetAddress.getLoopbackAddress(), port.port()));
        turnUntilServed(after, 6);
        for (Socket client : clients) {
            client.close();
        }
        assertThat(names(before)).isEmpty();
        assertThat(names(after)).containsExactly("tcp 127.0.0.1 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void severalPortsThatTheSystemPickedStayInOrder(String backend) throws Exception {
        Reactor before = reactor(backend);
        List<Address> first = List.of(
                before.listenTcp(0, counting(), LOOPBACK).host(),
                before.listenTcp(0, counting(), LOOPBACK).host(),
                before.listenTcp(0, counting(), LOOPBACK).host());

        Reactor after = successorOf(before, backend);

        assertThat(List.of(
                        after.listenTcp(0, counting(), LOOPBACK).host(),
                        after.listenTcp(0, counting(), LOOPBACK).host(),
                        after.listenTcp(0, counting(), LOOPBACK).host()))
                .isEqualTo(first);
        assertThat(after.listenTcp(0, counting(), LOOPBACK).host()).isNotIn(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void thePathAndTheLockAreLeftToTheSuccessor(String backend) throws Exception {
        Path path = folder.resolve("socket");
        Path lock = folder.resolve("socket.lock");
        var options = UnixListenOptions.DEFAULT.withLock();
        Reactor before = reactor(backend);
        ListeningPort port = before.listenUnix(path, counting(), options);
        Reactor after = successorOf(before, backend);
        ListeningPort taken = after.listenUnix(path, counting(), options);

        PortHandover.of(before).handedOver(ProcessHandle.current().pid());
        port.stopListening();
        before.iterate(Duration.ZERO);

        assertThat(Files.exists(path)).isTrue();
        assertThat(Files.readSymbolicLink(lock))
                .hasToString(String.valueOf(ProcessHandle.current().pid()));
        try (var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(UnixDomainSocketAddress.of(path));
            turnUntilServed(after, 1);
        }
        taken.stopListening();
        after.iterate(Duration.ZERO);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void withoutAHandoverThePathGoesWithThePort(String backend) throws Exception {
        Path path = folder.resolve("socket");
        Reactor before = reactor(backend);
        ListeningPort port = before.listenUnix(path, counting(), UnixListenOptions.DEFAULT);
        Reactor after = successorOf(before, backend);

        port.stopListening();

        assertThat(Files.exists(path)).isFalse();
        assertThat(names(after)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void datagramPortsAreHandedOverThatHaveANumberForThemselves(String backend) throws Exception {
        Reactor before = reactor(backend);
        var loopback = DatagramOptions.DEFAULT.on("127.0.0.1");
        UdpPort picked = before.listenUdp(0, new DatagramProtocol() {}, loopback);
        int free = picked.port();
        assertThat(names(before)).isEmpty();
        picked.stopListening();
        before.listenUdp(free, new DatagramProtocol() {}, loopback);
        before.listenMulticast(0, new DatagramProtocol() {}, loopback.listenMultiple(true));
        assertThat(names(before)).containsExactly("udp 127.0.0.1 " + free);

        Reactor after = successorOf(before, backend);
        assertThat(after.listenUdp(free, new DatagramProtocol() {}, loopback).port())
                .isEqualTo(free);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void socketsOfAGroupThatSharesByReusePortAreTakenOneEach(String backend) throws Exception {
        ReactorGroup group = ReactorGroup.create(provider(backend), 2);
        group.sharing(group.sharing().sharing(Sharing.REUSE_PORT));
        reactors.addAll(group.reactors());
        int port = ((Address.IPv4) group.listenTcp(0, _ -> counting(), LOOPBACK).host()).port();
        List<OpenPort> handed = new ArrayList<>();
        for (Reactor each : group.reactors()) {
            handed.addAll(PortHandover.of(each).openPorts());
        }
        assertThat(handed).extracting(OpenPort::name).containsExactly("tcp 127.0.0.1 0", "tcp 127.0.0.1 " + port);

        ReactorGroup next = ReactorGroup.create(provider(backend), 2);
        next.sharing(group.sharing());
        reactors.addAll(next.reactors());
        var inherited = new InheritedPorts(handed);
        next.reactors().forEach(each -> PortHandover.of(each).inherit(inherited));

        assertThat(((Address.IPv4) next.listenTcp(0, _ -> counting(), LOOPBACK).host()).port())
                .isEqualTo(port);
        assertThat(inherited.takeRest()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void whatTheProcessWasStartedWithAreListeningSocketsThatChildrenWouldGet(String backend) throws Exception {
        PortHandover reactor = PortHandover.of(reactor(backend));
        Map<Integer, Integer> before = reactor.startedWith();
        SystemCalls system = new SystemCalls();
        SocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        int listening = sockets.open(Sockets.INET, Sockets.STREAM);
        int bound = sockets.open(Sockets.INET, Sockets.STREAM);
        int kept = sockets.open(Sockets.INET, Sockets.STREAM);
        for (int socket : List.of(listening, bound, kept)) {
            sockets.bind(socket, any);
        }
        sockets.listen(listening, 1);
        sockets.listen(kept, 1);
        system.fcntl(listening, 2, 0);
        system.fcntl(bound, 2, 0);

        Map<Integer, Integer> now = reactor.startedWith();
        SocketAddress address = sockets.localAddress(listening);
        sockets.close(listening);
        Map<Integer, Integer> copies = new HashMap<>(now);
        copies.keySet().removeAll(before.keySet());

        assertThat(copies).containsOnlyKeys(listening);
        assertThat(sockets.localAddress(copies.get(listening)))
                .as("the copy when the socket is closed")
                .isEqualTo(address);
        Stream.of(before.values(), now.values(), List.of(bound, kept))
                .flatMap(Collection::stream)
                .forEach(sockets::close);
    }
}
