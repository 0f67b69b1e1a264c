package bowline.socks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.cred.AnonymousChecker;
import bowline.cred.AvatarId;
import bowline.cred.Credentials;
import bowline.cred.CredentialsChecker;
import bowline.cred.Login;
import bowline.cred.MemoryChecker;
import bowline.cred.Portal;
import bowline.cred.Realm;
import bowline.cred.SlowWork;
import bowline.cred.UsernamePassword;
import bowline.cred.ssh.SshKeyChecker;
import bowline.defer.Deferred;
import bowline.log.CapturedLogs;
import bowline.policy.AddressBlock;
import bowline.policy.AddressRules;
import bowline.protocol.Address;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionRefused;
import bowline.protocol.Connector;
import bowline.protocol.Drainable;
import bowline.protocol.NoRouteError;
import bowline.protocol.Protocol;
import bowline.protocol.TcpTimedOut;
import bowline.reactor.Resolver;
import bowline.testing.MemoryConnector;
import bowline.testing.MemoryDatagramTransport;
import bowline.testing.MemoryReactor;
import bowline.testing.MemoryTcpPort;
import bowline.testing.MemoryTransport;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// SOC-1, SOC-2, RFC 1928, RFC 1929, K1: the server, in virtual time and without a network.
class SocksServerTest {
    private static final byte[] GREETING = bytes(5, 1, 0);
    private static final byte[] CONNECT_LITERAL = bytes(5, 1, 0, 1, 1, 2, 3, 4, 0, 80);

    private final MemoryReactor reactor = new MemoryReactor();
    private final List<String> lookedUp = new ArrayList<>();

    static byte[] bytes(Object... parts) {
        var all = new ByteArrayOutputStream();
        for (Object part : parts) {
            switch (part) {
                case Integer octet -> all.write(octet);
                case String text -> all.writeBytes(text.getBytes(StandardCharsets.UTF_8));
                case byte[] octets -> all.writeBytes(octets);
                default -> throw new IllegalArgumentException(String.valueOf(part));
            }
        }
        return all.toByteArray();
    }

    private static byte[] connectTo(String name) {
        return bytes(5, 1, 0, 3, name.length(), name, 0, 80);
    }

    private static byte[] reply5(int code) {
        return bytes(5, code, 0, 1, 0, 0, 0, 0, 0, 0);
    }

    private static byte[] reply4(int code) {
        return bytes(0, code, 0, 0, 0, 0, 0, 0);
    }

    private SocksServer server(SocksServerOptions options) {
        return new SocksServer(reactor, options);
    }

    private MemoryTcpPort listen(SocksServerOptions options) {
        return (MemoryTcpPort) reactor.listenTcp(1080, server(options));
    }

    private MemoryTransport client(SocksServerOptions options) throws Exception {
        return listen(options).connect();
    }

    private MemoryTransport client() throws Exception {
        return client(SocksServerOptions.USUAL);
    }

    /// A client that has greeted and heard that it need not log in.
    private MemoryTransport greeted(SocksServerOptions options) throws Exception {
        MemoryTransport client = client(options);
        client.deliver(GREETING);
        assertArrayEquals(bytes(5, 0), client.take());
        return client;
    }

    private void names(String... addresses) {
        Resolver resolver = name -> {
            lookedUp.add(name);
            return Deferred.succeed(
                    Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
        };
        reactor.installResolver(resolver);
    }

    private MemoryConnector onlyAttempt() {
        assertEquals(1, reactor.tcpClients().size());
        return reactor.tcpClients().getFirst();
    }

    private static void assertRefused(byte[] reply, MemoryTransport client) {
        assertArrayEquals(reply, client.take());
        assertTrue(client.disconnecting());
    }

    @AfterEach
    void nothingIsLeftBehind() {
        reactor.advance(Duration.ofHours(2));
    }

    @Test
    @DisplayName(
            "SOCKS 5 CONNECT: the reply tells our own address, bytes go both ways, one that follow the request too")
    void connects() throws Exception {
        MemoryTransport client = client();
        client.deliverEachByte(bytes(GREETING, CONNECT_LITERAL, "early"));
        assertArrayEquals(bytes(5, 0), client.take());
        MemoryConnector attempt = onlyAttempt();
        assertEquals(new Address.Hostname("1.2.3.4", 80), attempt.destination());

        MemoryTransport target = attempt.succeed();
        assertArrayEquals(bytes(5, 0, 0, 1, 10, 0, 0, 1, 0x30, 0x39), client.take());
        reactor.advance(Duration.ZERO);
        assertEquals("early", target.takeText());
        client.deliver("more");
        target.deliver("back");
        assertEquals("more", target.text());
        assertEquals("back", client.text());
        assertTrue(client.tcpNoDelay() && target.tcpNoDelay());
        target.close();
        assertTrue(client.disconnecting());
        client.close();
    }

    @Test
    @DisplayName("SOC-1: SOCKS 4 is granted with 90; SOC-2: what follows the request is forwarded, not asserted empty")
    void connects4() throws Exception {
        MemoryTransport client = client();
        client.deliver(bytes(4, 1, 0, 80, 1, 2, 3, 4, "me", 0, "early"));
        MemoryTransport target = onlyAttempt().succeed();
        assertArrayEquals(bytes(0, 90, 0x30, 0x39, 10, 0, 0, 1), client.take());
        reactor.advance(Duration.ZERO);
        assertEquals("early", target.text());
        client.close();
        assertTrue(target.disconnecting());
    }

    @Test
    @DisplayName("SOC-1: 4a looks the name up; refused answers 91 and closes")
    void refused4a() throws Exception {
        names("1.1.1.1");
        MemoryTransport client = client();
        client.deliver(bytes(4, 1, 0, 80, 0, 0, 0, 7, 0, "example.com", 0));
        assertEquals(List.of("example.com"), lookedUp);
        assertEquals("1.1.1.1", onlyAttempt().destination().host());
        onlyAttempt().fail(new ConnectionRefused("nobody there"));
        assertRefused(reply4(91), client);
    }

    @Test
    @DisplayName("K1: loopback, private and link-local addresses are denied by default, and never dialled")
    void deniesByDefault() throws Exception {
        MemoryTransport four = client();
        four.deliver(bytes(4, 1, 0, 80, 127, 0, 0, 1, 0));
        assertRefused(reply4(91), four);

        for (String name : List.of("127.0.0.1", "127.1", "2130706433", "169.254.169.254", "::1", "::ffff:10.0.0.1")) {
            MemoryTransport client =
                    Objects.requireNonNull(reactor.tcpServers().getFirst()).connect();
            client.deliver(bytes(GREETING, connectTo(name)));
            client.take();
            assertTrue(client.disconnecting(), name);
        }
        MemoryTransport six = reactor.tcpServers().getFirst().connect();
        six.deliver(bytes(GREETING, 5, 1, 0, 4, new byte[15], 1, 0, 80));
        assertRefused(bytes(5, 0, reply5(2)), six);
        assertEquals(0, reactor.tcpClients().size());
    }

    @Test
    @DisplayName("K1: a name that leads to a forbidden address is refused, also when it led elsewhere before")
    void noRebinding() throws Exception {
        names("127.0.0.1", "10.0.0.1");
        MemoryTransport client = greeted(SocksServerOptions.USUAL);
        client.deliver(connectTo("rebind.example"));
        assertRefused(reply5(2), client);

        lookedUp.clear();
        var answers = new ArrayList<>(List.of("1.1.1.1", "127.0.0.1"));
        reactor.installResolver(name -> {
            lookedUp.add(name);
            return Deferred.succeed(List.of(InetAddress.ofLiteral(answers.removeFirst())));
        });
        MemoryTransport second = reactor.tcpServers().getFirst().connect();
        second.deliver(bytes(GREETING, connectTo("rebind.example")));
        assertEquals(List.of("rebind.example"), lookedUp, "looked up once");
        assertEquals("1.1.1.1", onlyAttempt().destination().host(), "and that very address is dialled");
    }

    @Test
    @DisplayName("K1: of several addresses only the permitted are tried, each in its turn")
    void permittedAddressesOnly() throws Exception {
        names("10.0.0.1", "1.1.1.1", "::1", "1.0.0.1");
        MemoryTransport client = greeted(SocksServerOptions.USUAL);
        client.deliver(connectTo("example.com"));
        reactor.tcpClients().getFirst().fail(new ConnectionRefused("no"));
        reactor.tcpClients().getLast().succeed();

        assertEquals(
                List.of("1.1.1.1", "1.0.0.1"),
                reactor.tcpClients().stream()
                        .map(each -> each.destination().host())
                        .toList());
        assertEquals(5, client.take()[0]);
        assertFalse(client.disconnecting());
    }

    @Test
    @DisplayName("K1: rules can be opened")
    void allowed() throws Exception {
        MemoryTransport client = greeted(
                SocksServerOptions.USUAL.addresses(AddressRules.PUBLIC_ONLY.allow(AddressBlock.of("127.0.0.0/8"))));
        client.deliver(bytes(5, 1, 0, 1, 127, 0, 0, 1, 0, 80));
        onlyAttempt().succeed();
        assertEquals(0, client.take()[1]);
    }

    @Test
    @DisplayName("RFC 1928 §6: why there is no connection is told by its code")
    void codes() throws Exception {
        listen(SocksServerOptions.USUAL);
        code(5, new ConnectionRefused("refused"));
        code(3, new NoRouteError("no route"));
        code(6, new TcpTimedOut("timed out"));
        try (CapturedLogs logs = CapturedLogs.open()) {
            code(1, new IllegalStateException("surprise"));
            assertEquals(1, logs.failures().size());
        }
        names();
        MemoryTransport unknown = reactor.tcpServers().getFirst().connect();
        unknown.deliver(bytes(GREETING, connectTo("nowhere.example")));
        assertRefused(bytes(5, 0, reply5(4)), unknown);
    }

    private void code(int expected, Throwable reason) throws Exception {
        MemoryTransport client = reactor.tcpServers().getFirst().connect();
        client.deliver(bytes(GREETING, CONNECT_LITERAL));
        reactor.tcpClients().getLast().fail(reason);
        assertRefused(bytes(5, 0, reply5(expected)), client);
        client.close();
    }

    @Test
    @DisplayName("a connect that takes too long is given up, and answered with TTL expired")
    void connectTimeout() throws Exception {
        MemoryTransport client = greeted(SocksServerOptions.USUAL);
        client.deliver(CONNECT_LITERAL);
        reactor.advance(SocksServerOptions.USUAL.timeouts().connect());
        assertRefused(reply5(6), client);
    }

    @Test
    @DisplayName("UDP ASSOCIATE and BIND, if turned off, get code 7")
    void unsupported() throws Exception {
        MemoryTransport udp = greeted(SocksServerOptions.USUAL.bind(false).udp(false));
        udp.deliver(bytes(5, 3, 0, 1, 0, 0, 0, 0, 0, 0));
        assertRefused(reply5(7), udp);
        MemoryTransport bind = reactor.tcpServers().getFirst().connect();
        bind.deliver(bytes(GREETING, 5, 2, 0, 1, 0, 0, 0, 0, 0, 0));
        assertRefused(bytes(5, 0, reply5(7)), bind);
    }

    @Test
    @DisplayName("malformed input is refused in the words of its phase, and the rest of it is not looked at")
    void malformed() throws Exception {
        MemoryTransport http = client();
        http.deliver("GET / HTTP/1.1\r\n\r\n");
        assertRefused(new byte[0], http);
        assertEquals(0, http.unreadBytes());
        MemoryTransport control = reactor.tcpServers().getFirst().connect();
        control.deliver(bytes(GREETING, 5, 1, 0, 3, 3, "a\nb", 0, 80));
        assertRefused(bytes(5, 0, reply5(1)), control);
        MemoryTransport type = reactor.tcpServers().getFirst().connect();
        type.deliver(bytes(GREETING, 5, 1, 0, 2, 9));
        assertRefused(bytes(5, 0, reply5(8)), type);
    }

    // Datagrams

    private static final byte[] ASSOCIATE = bytes(5, 3, 0, 1, 0, 0, 0, 0, 0, 0);
    private static final Address CLIENT_UDP = new Address.IPv4(Address.Carrier.UDP, "192.168.1.1", 40_000);
    private static final Address TARGET_UDP = new Address.IPv4(Address.Carrier.UDP, "1.2.3.4", 53);

    /// A client that has sent one datagram to 1.2.3.4, port 53.
    private MemoryTransport associated() throws Exception {
        MemoryTransport client = greeted(SocksServerOptions.USUAL);
        client.deliver(ASSOCIATE);
        reactor.udpPorts().get(0).deliver(bytes(0, 0, 0, 1, 1, 2, 3, 4, 0, 53, "query"), CLIENT_UDP);
        return client;
    }

    @Test
    @DisplayName("RFC 1928 §7, K1: UDP ASSOCIATE opens a port for the client alone, and one for the targets")
    void associate() throws Exception {
        MemoryTransport client = associated();
        MemoryDatagramTransport clients = reactor.udpPorts().get(0);
        MemoryDatagramTransport targets = reactor.udpPorts().get(1);
        assertEquals(client.host().host(), clients.host().host());
        int port = ((Address.IPv4) clients.host()).port();
        byte[] host = InetAddress.ofLiteral(client.host().host()).getAddress();
        assertArrayEquals(bytes(5, 0, 0, 1, host, port >> 8, port & 0xff), client.value());
        assertEquals("query", targets.written().getFirst().text());
        assertEquals("1.2.3.4:53", targets.written().getFirst().address().toString());

        targets.deliver("answer", TARGET_UDP);
        targets.deliver("forged", new Address.IPv4(Address.Carrier.UDP, "1.2.3.5", 53));
        clients.deliver(bytes(0, 0, 0, 1, 1, 2, 3, 4, 0, 53, "stolen"), TARGET_UDP);

        assertEquals(1, targets.written().size());
        assertEquals(1, clients.written().size());
        assertEquals(CLIENT_UDP, clients.written().getFirst().address());
    }

    @Test
    @DisplayName("RFC 1928 §7: the association ends with the client's connection")
    void associationEnds() throws Exception {
        MemoryTransport client = associated();

        client.close();
        reactor.advance(Duration.ZERO);

        assertFalse(reactor.udpPorts().get(0).listening());
        assertFalse(reactor.udpPorts().get(1).listening());
        assertEquals(0, reactor.delayedCalls().size());
    }

    @Test
    @DisplayName("G6: an association over which nothing passes is ended; each datagram gives it new time")
    void associationIsIdle() throws Exception {
        MemoryTransport client = associated();
        Duration idle = SocksServerOptions.USUAL.timeouts().idle();
        reactor.advance(idle.minusSeconds(1));
        reactor.udpPorts().get(1).deliver("late answer", TARGET_UDP);
        reactor.advance(idle.minusSeconds(1));
        assertFalse(client.disconnecting());

        reactor.advance(Duration.ofSeconds(1));

        assertTrue(client.disconnecting());
    }

    // Logging in

    private static final SocksServerOptions WITH_PASSWORD =
            SocksServerOptions.USUAL.checkers(List.of(new MemoryChecker().addUser("me", "secret")));

    /// Those whom a checker of passwords lets in that answers so.
    private static SocksServerOptions answering(Callable<Deferred<AvatarId>> answer) {
        return SocksServerOptions.USUAL.checkers(List.of(new CredentialsChecker() {
            @Override
            public List<Class<? extends Credentials>> credentialInterfaces() {
                return List.of(UsernamePassword.class);
            }

            @Override
            public Deferred<AvatarId> requestAvatarId(Credentials credentials) {
                try {
                    return answer.call();
                } catch (RuntimeException bug) {
                    throw bug;
                } catch (Exception checked) {
                    throw new AssertionError(checked);
                }
            }
        }));
    }

    @Test
    @DisplayName("RFC 1929: the right password lets in, a wrong one does not, and none at all neither")
    void passwords() throws Exception {
        MemoryTransport right = client(WITH_PASSWORD);
        right.deliverEachByte(bytes(5, 2, 0, 2, 1, 2, "me", 6, "secret", CONNECT_LITERAL));
        assertArrayEquals(bytes(5, 2, 1, 0), right.take());
        assertEquals(1, reactor.tcpClients().size());

        MemoryTransport wrong = reactor.tcpServers().getFirst().connect();
        wrong.deliver(bytes(5, 1, 2, 1, 2, "me", 6, "guess!", CONNECT_LITERAL));
        assertRefused(bytes(5, 2, 1, 1), wrong);
        MemoryTransport none = reactor.tcpServers().getFirst().connect();
        none.deliver(bytes(GREETING, CONNECT_LITERAL));
        assertRefused(bytes(5, 255), none);
        MemoryTransport four = reactor.tcpServers().getFirst().connect();
        four.deliver(bytes(4, 1, 0, 80, 1, 2, 3, 4, "me", 0));
        assertRefused(reply4(91), four);
        assertEquals(1, reactor.tcpClients().size());
    }

    @Test
    @DisplayName("a check that answers later: what the client has sent ahead waits, and then counts")
    void laterPassword() throws Exception {
        var answer = new Deferred<AvatarId>();
        MemoryTransport client = client(answering(() -> answer));
        client.deliver(bytes(5, 1, 2, 1, 2, "me", 6, "secret", CONNECT_LITERAL));
        assertEquals(0, reactor.tcpClients().size());
        assertEquals(MemoryTransport.ProducerState.PAUSED, client.producerState());
        answer.callback(AvatarId.of("me"));
        reactor.advance(Duration.ZERO);
        assertArrayEquals(bytes(5, 2, 1, 0), client.take());
        assertEquals(1, reactor.tcpClients().size());
    }

    @Test
    @DisplayName("a check that fails, throws, or does not answer in time keeps the client out")
    void brokenChecks() throws Exception {
        byte[] login = bytes(5, 1, 2, 1, 2, "me", 6, "secret");
        var cancelled = new ArrayList<String>();
        var slow = new Deferred<AvatarId>(_ -> cancelled.add("yes"));
        try (CapturedLogs logs = CapturedLogs.open()) {
            MemoryTransport failing = client(answering(() -> Deferred.fail(new IllegalStateException("db"))));
            failing.deliver(login);
            assertRefused(bytes(5, 2, 1, 1), failing);
            reactor.tcpServers().getFirst().stopListening();
            MemoryTransport throwing = client(answering(() -> {
                throw new IllegalStateException("bug");
            }));
            throwing.deliver(login);
            assertRefused(bytes(5, 2, 1, 1), throwing);
            assertEquals(2, logs.failures().size());
        }
        reactor.tcpServers().getLast().stopListening();
        MemoryTransport waiting = client(answering(() -> slow));
        waiting.deliver(login);
        reactor.advance(SocksServerOptions.USUAL.timeouts().handshake());
        assertRefused(bytes(5, 2, 1, 1), waiting);
        assertEquals(List.of("yes"), cancelled);
    }

    @Test
    @DisplayName(
            "CRD-6: where everybody may come in without a name and some with one, the name counts; SOCKS 4 comes in")
    void anonymous() throws Exception {
        var seen = new ArrayList<String>();
        List<CredentialsChecker> checkers =
                List.of(new AnonymousChecker(), new MemoryChecker().addUser("me", "secret"));
        MemoryTransport both =
                client(SocksServerOptions.USUAL.checkers(checkers).requests(request -> {
                    seen.add(request.user());
                    return Deferred.succeed(false);
                }));
        both.deliver(bytes(5, 2, 0, 2, 1, 2, "me", 6, "secret", CONNECT_LITERAL));
        assertRefused(bytes(5, 2, 1, 0, reply5(2)), both);
        MemoryTransport none = reactor.tcpServers().getFirst().connect();
        none.deliver(bytes(GREETING, CONNECT_LITERAL));
        assertRefused(bytes(5, 0, reply5(2)), none);
        MemoryTransport four = reactor.tcpServers().getFirst().connect();
        four.deliver(bytes(4, 1, 0, 80, 1, 2, 3, 4, "says", 0));
        assertRefused(reply4(91), four);
        assertEquals(List.of("me", "", "says"), seen);
    }

    @Test
    @DisplayName("CRD-1, CRD-4: the realm's avatar says what its user may ask for; the end of the connection logs out")
    void portal() throws Exception {
        var minds = new ArrayList<@Nullable Object>();
        var logouts = new ArrayList<String>();
        RequestCheck webOnly = request -> Deferred.succeed(request.destination().port() == 80);
        Realm realm = (id, mind, _) -> {
            minds.add(mind);
            return Deferred.succeed(new Login<>(RequestCheck.class, webOnly, () -> logouts.add(id.toString())));
        };
        var door = new Portal(realm, new MemoryChecker().addUser("me", "secret"));
        MemoryTransport web = client(SocksServerOptions.USUAL.portal(door));
        byte[] login = bytes(5, 1, 2, 1, 2, "me", 6, "secret");
        web.deliver(bytes(login, CONNECT_LITERAL));
        assertEquals(1, reactor.tcpClients().size());
        assertEquals(List.of(web.peer()), minds);
        MemoryTransport other = reactor.tcpServers().getFirst().connect();
        other.deliver(bytes(login, 5, 1, 0, 1, 1, 2, 3, 4, 0, 22));
        assertRefused(bytes(5, 2, 1, 0, reply5(2)), other);
        assertEquals(List.of(), logouts);
        web.close();
        assertEquals(List.of("\"me\""), logouts);
    }

    @Test
    @DisplayName("CRD-2: checkers of which SOCKS can ask nothing are refused when the server is made")
    void uselessCheckers() {
        var keys = new SshKeyChecker(Path.of("keys"), SlowWork.atOnce());
        assertThatThrownBy(() -> SocksServerOptions.USUAL.checkers(List.of(keys)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PublicKeyCredentials");
    }

    @Test
    @DisplayName("SOC-1: authorize sees who wants what, and its no is code 2; it may answer later")
    void authorize() throws Exception {
        var seen = new ArrayList<RelayRequest>();
        var answer = new Deferred<Boolean>();
        MemoryTransport client = client(WITH_PASSWORD.requests(request -> {
            seen.add(request);
            return answer;
        }));
        client.deliver(bytes(5, 1, 2, 1, 2, "me", 6, "secret", CONNECT_LITERAL));
        client.take();
        assertEquals("me", seen.getFirst().user());
        assertEquals("1.2.3.4:80", seen.getFirst().destination().toString());
        assertTrue(seen.getFirst().toString().contains("SOCKS 5 CONNECT 1.2.3.4:80 for 192.168.1.1:54321 (\"me\")"));
        answer.callback(false);
        assertRefused(reply5(2), client);
        assertEquals(0, reactor.tcpClients().size());
    }

    // Ends and limits

    @Test
    @DisplayName("G6: the handshake's time is for all of it, however slowly bytes trickle")
    void slowHandshake() throws Exception {
        MemoryTransport client = client();
        byte[] handshake = bytes(GREETING, CONNECT_LITERAL);
        for (int i = 0; i < 9; i++) {
            client.deliver(Arrays.copyOfRange(handshake, i, i + 1));
            reactor.advance(Duration.ofSeconds(1));
        }
        assertFalse(client.disconnecting());
        client.take();
        reactor.advance(Duration.ofSeconds(1));
        assertRefused(reply5(6), client);
        assertFalse(client.disconnected());
        reactor.advance(Duration.ofSeconds(10));
        assertTrue(client.disconnected(), "a client that does not read its refusal is reset");
    }

    @Test
    @DisplayName("the client goes while we connect: the attempt ends")
    void clientGoes() throws Exception {
        MemoryTransport client = greeted(SocksServerOptions.USUAL);
        client.deliver(CONNECT_LITERAL);
        assertEquals(Connector.State.CONNECTING, onlyAttempt().state());
        client.close();
        assertEquals(Connector.State.DISCONNECTED, onlyAttempt().state());
    }

    @Test
    @DisplayName("TRA-10: a client that has sent everything and ended its side is still connected and answered")
    void clientHalfCloses() throws Exception {
        MemoryTransport client = greeted(SocksServerOptions.USUAL);
        client.deliver(CONNECT_LITERAL);
        client.deliverEnd();
        MemoryTransport target = onlyAttempt().succeed();
        assertTrue(target.writeClosed());
        client.take();
        target.deliver("answer");
        assertEquals("answer", client.text());
        target.deliverEnd();
        assertTrue(client.disconnecting() && target.disconnecting());

        MemoryTransport silent = reactor.tcpServers().getFirst().connect();
        silent.deliverEnd();
        assertTrue(silent.disconnecting(), "an end before the request is the end");
    }

    @Test
    @DisplayName("an idle relay ends")
    void idle() throws Exception {
        MemoryTransport client = greeted(SocksServerOptions.USUAL);
        client.deliver(CONNECT_LITERAL);
        MemoryTransport target = onlyAttempt().succeed();
        reactor.advance(Duration.ofMinutes(9));
        target.deliver("x");
        reactor.advance(Duration.ofMinutes(9));
        assertFalse(client.disconnecting());
        reactor.advance(Duration.ofMinutes(1));
        assertTrue(client.disconnecting() && target.disconnecting());
    }

    @Test
    @DisplayName("G9: clients in all and of one source are limited, and places come free")
    void limits() throws Exception {
        SocksServer server = server(SocksServerOptions.USUAL.maxConnections(3).maxConnectionsPerSource(2));
        var port = (MemoryTcpPort) reactor.listenTcp(1080, server);
        Address other = new Address.IPv4(Address.Carrier.TCP, "192.168.1.2", 1);
        try (CapturedLogs logs = CapturedLogs.open()) {
            MemoryTransport first = port.connect();
            port.connect();
            assertTrue(port.connect().disconnected());
            port.connect(other);
            assertTrue(port.connect(other).disconnected());
            assertEquals(3, server.connections());
            first.close();
            assertFalse(port.connect(other).disconnected());
            assertEquals(
                    2,
                    logs.texts().stream()
                            .filter(line -> line.contains(" reached: "))
                            .count());
        }
    }

    @Test
    @DisplayName("drain: a relay goes on, whoever has none yet gets none")
    void drains() throws Exception {
        SocksServer server = server(SocksServerOptions.USUAL);
        Protocol relaying = Objects.requireNonNull(server.build(new Address.Hostname("client", 1)));
        var wire = new MemoryTransport(reactor).connectTo(relaying);
        wire.deliver(bytes(GREETING, CONNECT_LITERAL));
        onlyAttempt().succeed();
        ((Drainable) relaying).drain();
        assertFalse(wire.disconnecting());

        Protocol waiting = Objects.requireNonNull(server.build(new Address.Hostname("client", 2)));
        var second = new MemoryTransport(reactor).connectTo(waiting);
        second.deliver(bytes(GREETING, CONNECT_LITERAL));
        ((Drainable) waiting).drain();
        assertRefused(bytes(5, 0, reply5(1)), second);
        assertEquals(
                Connector.State.DISCONNECTED, reactor.tcpClients().getLast().state());
    }

    // BIND

    private static final byte[] BIND_FOR_1_2_3_4 = bytes(5, 2, 0, 1, 1, 2, 3, 4, 0, 80);
    private static final Address EXPECTED = new Address.IPv4(Address.Carrier.TCP, "1.2.3.4", 4711);

    private MemoryTcpPort opened() {
        return reactor.tcpServers().getLast();
    }

    @Test
    @DisplayName("BIND: first reply the open port, second the one who came; strangers are closed; the port is closed")
    void bind() throws Exception {
        MemoryTransport client = greeted(SocksServerOptions.USUAL.bindInterface("127.0.0.1"));
        client.deliver(BIND_FOR_1_2_3_4);
        int port = opened().port();
        assertEquals("127.0.0.1", opened().options().networkInterface());
        assertArrayEquals(bytes(5, 0, 0, 1, 127, 0, 0, 1, port >> 8, port & 255), client.take());

        assertTrue(opened().connect(new Address.IPv4(Address.Carrier.TCP, "1.2.3.5", 1))
                .disconnected());
        MemoryTransport comer = opened().connect(EXPECTED);
        assertArrayEquals(bytes(5, 0, 0, 1, 1, 2, 3, 4, 4711 >> 8, 4711 & 255), client.take());
        assertFalse(opened().listening());
        comer.deliver("hello");
        assertEquals("hello", client.takeText());
        client.deliver("hi");
        assertEquals("hi", comer.text());
    }

    @Test
    @DisplayName("SOC-1: BIND of SOCKS 4 has two replies too, on the address that the client has reached")
    void bind4() throws Exception {
        MemoryTransport client = client();
        client.deliver(bytes(4, 2, 0, 80, 1, 2, 3, 4, 0));
        assertEquals(client.host().host(), opened().options().networkInterface());
        assertEquals(90, client.take()[1]);
        opened().connect(EXPECTED);
        assertArrayEquals(bytes(0, 90, 4711 >> 8, 4711 & 255, 1, 2, 3, 4), client.take());
    }

    @Test
    @DisplayName("K1: BIND for a forbidden address is refused; for anybody, only permitted ones may come")
    void bindRules() throws Exception {
        MemoryTransport client = greeted(SocksServerOptions.USUAL);
        client.deliver(bytes(5, 2, 0, 1, 10, 0, 0, 1, 0, 80));
        assertRefused(reply5(2), client);

        MemoryTransport anybody = reactor.tcpServers().getFirst().connect();
        anybody.deliver(bytes(GREETING, 5, 2, 0, 1, 0, 0, 0, 0, 0, 0));
        assertTrue(opened().connect(new Address.IPv4(Address.Carrier.TCP, "10.0.0.1", 1))
                .disconnected());
        anybody.take();
        opened().connect(EXPECTED);
        assertEquals(0, anybody.take()[1]);
    }

    @Test
    @DisplayName("a port that nobody comes to is closed after its time, and when its client goes")
    void bindEnds() throws Exception {
        MemoryTransport client = greeted(SocksServerOptions.USUAL);
        client.deliver(BIND_FOR_1_2_3_4);
        client.take();
        reactor.advance(SocksServerOptions.USUAL.timeouts().bind());
        assertFalse(opened().listening());
        assertRefused(reply5(6), client);

        MemoryTransport second = reactor.tcpServers().getFirst().connect();
        second.deliver(bytes(GREETING, BIND_FOR_1_2_3_4));
        assertTrue(opened().listening());
        second.deliverEnd();
        assertTrue(second.disconnecting());
        second.close(ConnectionDone.FAILURE);
        assertFalse(opened().listening());
        assertNull(second.producer());
    }
}
