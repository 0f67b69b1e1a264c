package bowline.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.Deferred;
import bowline.log.CapturedLogs;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ConnectOptions;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.reactor.UnixConnectOptions;
import bowline.reactor.UnixListenOptions;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// END-7 to END-9: what descriptions mean.
class EndpointTypesTest {
    private final FakeReactor fake = new FakeReactor();

    private ServerEndpoint server(String description) {
        return ServerEndpoint.of(fake.reactor, description);
    }

    private ClientEndpoint client(String description) {
        return ClientEndpoint.of(fake.reactor, description);
    }

    @Test
    @DisplayName("END-8: tcp:port:interface=:backlog=50")
    void tcpServer() {
        assertEquals(new TcpServerEndpoint(fake.reactor, 80), server("tcp:80"));
        assertEquals(
                new TcpServerEndpoint(fake.reactor, 80, new ListenOptions(5, "127.0.0.1")),
                server("tcp:80:interface=127.0.0.1:backlog=5"));
        assertEquals(
                server("tcp:80:interface=127.0.0.1:backlog=5"), server("TCP:backlog=5:interface=127.0.0.1:port=80"));
        assertEquals(server("tcp:80:127.0.0.1:5"), server("tcp:80:127.0.0.1:backlog=5"));
    }

    @Test
    @DisplayName("END-8: tcp6:port:backlog=50:interface=::")
    void tcp6Server() {
        assertEquals(new TcpServerEndpoint(fake.reactor, 80, new ListenOptions(50, "::")), server("tcp6:80"));
        assertEquals(
                new TcpServerEndpoint(fake.reactor, 80, new ListenOptions(9, "::1")),
                server("tcp6:80:9:interface=\\:\\:1"));
    }

    @Test
    @DisplayName("END-9: tcp:host:port, with timeout= and bindAddress=; 30 s by default")
    void tcpClient() {
        assertEquals(new TcpClientEndpoint(fake.reactor, "10.0.0.1", 80), client("tcp:10.0.0.1:80"));
        assertEquals(new TcpClientEndpoint(fake.reactor, "::1", 80), client("tcp:host=\\:\\:1:port=80"));
        assertEquals(
                new TcpClientEndpoint(
                        fake.reactor,
                        "10.0.0.1",
                        80,
                        new ConnectOptions(Duration.ofSeconds(5), new Address.Hostname("10.0.0.2", 0))),
                client("tcp:10.0.0.1:80:timeout=5:bindAddress=10.0.0.2"));
        assertEquals(new HostnameEndpoint(fake.reactor, "example.com", 80), client("tcp:example.com:80"));
    }

    @Test
    void saysWhatIsWrongWithAnArgument() {
        for (var each : Map.of(
                        "tcp:http", "its port \"http\" is not a whole number from 0 to 65535",
                        "tcp:65536", "its port \"65536\" is not a whole number from 0 to 65535",
                        "tcp:-1", "its port \"-1\" is not",
                        "tcp", "it has no port",
                        "tcp:80:backlog=0", "its backlog \"0\" is not a whole number from 1",
                        "tcp:80:bakclog=7", "unknown argument bakclog=; tcp takes port, interface, backlog",
                        "tcp:80:port=80", "it has port twice",
                        "tcp:80:::1", "it has 4 arguments, tcp takes at most 3 (port, interface, backlog); a colon")
                .entrySet()) {
            var error = assertThrows(IllegalArgumentException.class, () -> server(each.getKey()), each.getKey());
            assertTrue(error.getMessage().contains(each.getValue()), error.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> client("tcp:localhost"));
        assertThrows(IllegalArgumentException.class, () -> client("tcp::80"));
        assertThrows(IllegalArgumentException.class, () -> client("tcp:localhost:80:timeout=0"));
    }

    @Test
    @DisplayName("END-8, UNX-1: unix servers, with a lock unless told otherwise")
    void unixServers() {
        UnixListenOptions locked = UnixListenOptions.DEFAULT.withLock();
        var address = new Address.Unix("/run/x");
        assertEquals(new UnixServerEndpoint(fake.reactor, address, locked), server("unix:/run/x"));
        assertEquals(
                new UnixServerEndpoint(
                        fake.reactor,
                        address,
                        UnixListenOptions.DEFAULT.mode(0600).backlog(7)),
                server("unix:address=/run/x:mode=0600:backlog=7:lockfile=0"));
        assertEquals(
                new UnixServerEndpoint(fake.reactor, address, locked.mode(0660).backlog(3)),
                server("unix:/run/x:660:3"));
        assertEquals(new UnixServerEndpoint(fake.reactor, Path.of("/run/a:b"), locked), server("unix:/run/a\\:b"));
        assertEquals("unix:/run/a\\:b", server("unix:/run/a\\:b").toString());
    }

    @Test
    @DisplayName("END-9, UNX-2: unix clients")
    void unixClients() {
        var address = new Address.Unix("/run/x");
        assertEquals(new UnixClientEndpoint(fake.reactor, address, UnixConnectOptions.DEFAULT), client("unix:/run/x"));
        assertEquals(
                new UnixClientEndpoint(
                        fake.reactor,
                        Path.of("/run/x"),
                        UnixConnectOptions.DEFAULT
                                .timeout(Duration.ofSeconds(5))
                                .checkingLock()),
                client("unix:path=/run/x:lockfile=1:timeout=5"));
        assertEquals("unix:/run/x", client("unix:/run/x").toString());
    }

    @Test
    @DisplayName("END-8: what is wrong with a description of a UNIX socket")
    void wrongUnixDescriptions() {
        for (var each : Map.of(
                        "unix", "it has no address",
                        "unix:", "its address is empty",
                        "unix:/x:mode=888", "its mode \"888\" is not an octal number from 0 to 777",
                        "unix:/x:mode=1000", "is not an octal number from 0 to 777",
                        "unix:/x:mode=-1", "is not an octal number from 0 to 777",
                        "unix:/x:lockfile=yes", "its lockfile \"yes\" is not a whole number from 0 to 1",
                        "unix:/x:backlog=0", "its backlog \"0\" is not a whole number from 1")
                .entrySet()) {
            var error = assertThrows(IllegalArgumentException.class, () -> server(each.getKey()), each.getKey());
            assertTrue(error.getMessage().contains(each.getValue()), error.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> client("unix"));
    }

    @Test
    @DisplayName("END-7: an unknown type is named, and so are those there are")
    void unknownTypes() {
        assertTypes(
                assertThrows(IllegalArgumentException.class, () -> server("pigeon:80")),
                "endpoint \"pigeon:80\" cannot be used: there are no server endpoints of type \"pigeon\"; the types are ",
                "stdio",
                "tcp",
                "tcp6",
                "unix");
        assertTypes(
                assertThrows(IllegalArgumentException.class, () -> client("pigeon:1")),
                "endpoint \"pigeon:1\" cannot be used: there are no client endpoints of type \"pigeon\"; the types are ",
                "ssl",
                "tcp",
                "tls",
                "unix");
    }

    @Test
    @DisplayName("END-8, END-11: fd:3 is a descriptor to adopt, which not every backend can")
    void descriptors() {
        assertEquals("fd:3", server("fd:3").toString());
        assertEquals("fd:3", server("fd:descriptor=3").toString());
        for (String wrong : List.of("fd", "fd:x", "fd:-1", "fd:3:4")) {
            assertThrows(IllegalArgumentException.class, () -> server(wrong), wrong);
        }
        var refused = new ArrayList<Throwable>();
        server("fd:3").listen(Factory.of(Protocol::new)).addErrback(failure -> {
            refused.add(failure.value());
            return null;
        });
        assertTrue(refused.getFirst() instanceof UnsupportedOperationException, refused.toString());
    }

    /// The message ends with a list, in which there may be others than these.
    private static void assertTypes(Throwable error, String start, String... types) {
        assertEquals(start, error.getMessage().substring(0, start.length()));
        String list = error.getMessage()
                .substring(start.length() + 1, error.getMessage().length() - 1);
        assertTrue(List.of(list.split(", ")).containsAll(List.of(types)), list);
    }

    @Test
    @DisplayName("END-12, RUN-9: types of others are found, and one that does not load is logged and left out")
    void typesOfOthers(@TempDir Path folder) throws Exception {
        provide(folder, ServerEndpointParser.class, "no.such.Parser\n" + Pigeons.class.getName());
        provide(folder, ClientEndpointParser.class, PigeonClients.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
                var logs = CapturedLogs.open()) {
            thread.setContextClassLoader(loader);

            assertEquals(new TcpServerEndpoint(fake.reactor, 17), server("Pigeon:17"));
            assertEquals(1, logs.failures().size());
            assertEquals(new TcpClientEndpoint(fake.reactor, "coop", 17), client("pigeon:coop"));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void provide(Path folder, Class<?> service, String providers) throws Exception {
        Path file = folder.resolve("META-INF/services").resolve(service.getName());
        Files.createDirectories(file.getParent());
        Files.writeString(file, providers);
    }

    /// Homing pigeons land on a port.
    public static final class Pigeons implements ServerEndpointParser {
        @Override
        public String type() {
            return "pigeon";
        }

        @Override
        public ServerEndpoint parse(EndpointString description, Reactor reactor) {
            return new TcpServerEndpoint(
                    reactor, EndpointArguments.of(description, "port").port("port"));
        }
    }

    /// And they take off for a coop.
    public static final class PigeonClients implements ClientEndpointParser {
        @Override
        public String type() {
            return "pigeon";
        }

        @Override
        public ClientEndpoint parse(EndpointString description, Reactor reactor) {
            return new TcpClientEndpoint(reactor, description.positional().getFirst(), 17);
        }
    }

    @Test
    @DisplayName("END-1: a bind failure comes through the Deferred")
    void bindFailuresComeThroughTheDeferred() {
        fake.taken.add(80);
        var listening = server("tcp:80").listen(new Echoes());

        assertTrue(listening.hasResult());
        listening.addErrback(failure -> {
            assertEquals("cannot listen on tcp:80: the port is in use", failure.message());
            return null;
        });
    }

    @Test
    @DisplayName("END-5: an endpoint can be used again")
    void endpointsAreReusable() {
        ServerEndpoint endpoint = server("tcp:80");
        endpoint.listen(new Echoes());
        endpoint.listen(new Echoes());

        assertEquals(2, fake.ports.size());
    }

    @Test
    @DisplayName(
            "LIS-10: reactors of a group share an endpoint of TCP or UNIX; one of another kind is the first reactor's")
    void sharedByAGroup() {
        ReactorGroup group = ReactorGroup.create(2);
        String description = "tcp:0:interface=127.0.0.1";
        List<ServerEndpoint> both = ServerEndpoint.of(group, description);
        assertEquals(2, both.size());
        assertEquals(
                List.of("tcp:0:interface=127.0.0.1", "tcp:0:interface=127.0.0.1"),
                both.stream().map(Object::toString).toList());
        ListeningPort first = (ListeningPort)
                both.getFirst().listen(Factory.of(Protocol::new)).result();
        ListeningPort second =
                (ListeningPort) both.getLast().listen(Factory.of(Protocol::new)).result();
        assertEquals(first.host(), second.host());
        second.stopListening();
        first.stopListening();

        assertEquals(2, ServerEndpoint.of(group, "unix:/run/x").size());
        ServerEndpoint alone = _ -> Deferred.fail(new IllegalStateException("not to be used"));
        assertEquals(List.of(alone), alone.sharedBy(group));
        assertEquals(1, ServerEndpoint.of(ReactorGroup.create(1), description).size());
    }
}
