package bowline.socks;

import static bowline.socks.SocksServerTest.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.bytes.Ascii;
import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ConnectingCancelledError;
import bowline.endpoint.TcpClientEndpoint;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ConnectionRefused;
import bowline.protocol.Connector;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.NoProtocol;
import bowline.protocol.Protocol;
import bowline.testing.MemoryConnector;
import bowline.testing.MemoryReactor;
import bowline.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// SOC-2, END-1 to END-6: endpoints that stand on other endpoints, behind proxies.
class ProxyEndpointTest {
    private static final byte[] REQUEST = bytes(5, 1, 0, 3, 11, "example.com", 0, 80);
    private static final byte[] GRANTED = bytes(5, 0, 0, 1, 0, 0, 0, 0, 0, 0);

    private final MemoryReactor reactor = new MemoryReactor();
    private final ClientEndpoint proxy = new TcpClientEndpoint(reactor, "10.0.0.1", 1080);
    private final List<String> seen = new ArrayList<>();
    private final Recorder recorder = new Recorder();
    private final Users users = new Users();

    /// Notes what it hears.
    private class Recorder extends Protocol {
        @Override
        public void connectionMade() {
            seen.add("made");
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            seen.add(Ascii.text(unread));
            unread.position(unread.limit());
        }

        @Override
        public void connectionLost(Failure reason) {
            seen.add("lost");
        }
    }

    /// A factory that counts.
    private final class Users extends Factory<Protocol> {
        private int started;
        private int stopped;
        private @Nullable Address built;
        private @Nullable Protocol next = recorder;

        @Override
        public @Nullable Protocol buildProtocol(Address peer) {
            built = peer;
            return next;
        }

        @Override
        public void startFactory() {
            started++;
        }

        @Override
        public void stopFactory() {
            stopped++;
        }
    }

    private MemoryConnector attempt() {
        return reactor.tcpClients().getLast();
    }

    private Socks5ClientEndpoint five() {
        return new Socks5ClientEndpoint(proxy, "example.com", 80);
    }

    private static Throwable failure(Deferred<?> connected) {
        var failure = assertInstanceOf(Failure.class, connected.result());
        connected.addErrback(_ -> null);
        return failure.value();
    }

    @AfterEach
    void noTimerIsLeft() {
        assertEquals(0, reactor.delayedCalls().size());
    }

    @Test
    @DisplayName("SOCKS 5: greeting, request with the name (K1), and then the wire is the program's; END-2")
    void connects() {
        Deferred<Protocol> connected = five().connect(users);
        MemoryTransport wire = attempt().succeed();
        assertArrayEquals(bytes(5, 1, 0), wire.take());
        wire.deliver(bytes(5, 0));
        assertArrayEquals(REQUEST, wire.take());
        assertNull(users.built, "no protocol before there is a connection");
        connected.onSuccess(protocol -> seen.add("fired"));
        wire.deliverEachByte(GRANTED);

        assertSame(recorder, connected.result());
        assertEquals(new Address.Hostname("example.com", 80), users.built);
        assertEquals(1, users.started);
        assertSame(wire, recorder.transport());
        wire.deliver("hello");
        wire.close();
        assertEquals(List.of("made", "fired", "hello", "lost"), seen);
        assertEquals(1, users.stopped);
    }

    @Test
    @DisplayName("K1: the proxy looks names up; a name, however long, is never looked up here")
    void neverLooksUp() {
        reactor.installResolver(name -> {
            throw new AssertionError("looked up " + name);
        });
        String longest = ("a".repeat(62) + ".").repeat(3) + "a".repeat(61);
        for (ClientEndpoint each : List.of(
                new Socks5ClientEndpoint(proxy, longest, 80),
                new Socks4ClientEndpoint(proxy, longest, 80),
                new HttpConnectClientEndpoint(proxy, longest, 80))) {
            each.connect(new Users()).addErrback(_ -> recorder);
            MemoryTransport wire = attempt().succeed();
            byte[] greeting = wire.take();
            wire.deliver(bytes(5, 0));
            assertTrue(new String(bytes(greeting, wire.take()), StandardCharsets.ISO_8859_1).contains(longest));
            wire.close();
        }
    }

    @Test
    @DisplayName("SOC-2: bytes behind the reply reach the protocol, after its connectionMade and the Deferred")
    void bytesBehindTheReply() {
        five().connect(users).onSuccess(_ -> seen.add("fired"));
        MemoryTransport wire = attempt().succeed();
        wire.deliver(bytes(5, 0));
        wire.deliver(bytes(GRANTED, "SSH-2.0"));
        assertEquals(List.of("made", "fired", "SSH-2.0"), seen);
        wire.close();
    }

    @Test
    @DisplayName("a protocol that pauses or closes in connectionMade is shown nothing before it wants to")
    void pausesAtOnce() {
        users.next = new Recorder() {
            @Override
            public void connectionMade() {
                transport().pauseProducing();
            }
        };
        five().connect(users);
        MemoryTransport wire = attempt().succeed();
        wire.deliver(bytes(5, 0));
        wire.deliver(bytes(GRANTED, "early"));
        assertEquals(List.of(), seen);
        wire.resumeProducing();
        reactor.advance(Duration.ZERO);
        assertEquals(List.of("early"), seen);
        wire.close();

        users.next = new Recorder() {
            @Override
            public void connectionMade() {
                transport().loseConnection();
            }
        };
        five().connect(users);
        MemoryTransport second = attempt().succeed();
        second.deliver(bytes(5, 0));
        seen.clear();
        second.deliver(bytes(GRANTED, "early"));
        assertEquals(List.of(), seen);
        second.close();
    }

    @Test
    @DisplayName("RFC 1929: the login is offered, and sent if the proxy wants it")
    void login() {
        Deferred<Protocol> connected = five().login("me", "secret").connect(users);
        MemoryTransport wire = attempt().succeed();
        assertArrayEquals(bytes(5, 2, 0, 2), wire.take());
        wire.deliver(bytes(5, 2));
        assertArrayEquals(bytes(1, 2, "me", 6, "secret"), wire.take());
        wire.deliver(bytes(1, 1));

        assertProxyError("10.0.0.1:1080 did not accept the user name and password", -1, connected);
        assertTrue(wire.disconnecting());
        wire.close();
        assertFalse(five().login("me", "secret").toString().contains("secret"));
    }

    private static void assertProxyError(String message, int code, Deferred<?> connected) {
        var error = assertInstanceOf(ProxyError.class, failure(connected));
        assertTrue(String.valueOf(error.getMessage()).contains(message), error::getMessage);
        assertEquals(code, error.code());
    }

    @Test
    @DisplayName("which proxy refused what, with the code's meaning")
    void refusals() {
        Deferred<Protocol> refused = five().connect(users);
        MemoryTransport wire = attempt().succeed();
        wire.deliver(bytes(5, 0, 5, 5, 0, 1, 0, 0, 0, 0, 0, 0));
        assertProxyError(
                "the SOCKS 5 proxy tcp:10.0.0.1:1080 refused: connection refused (code 5); asked for example.com:80",
                5,
                refused);
        wire.close();
        Deferred<Protocol> wantsLogin = five().connect(users);
        MemoryTransport second = attempt().succeed();
        second.deliver(bytes(5, 255));
        assertProxyError("wants a user name and password", 255, wantsLogin);
        second.close();
        Deferred<Protocol> four =
                new Socks4ClientEndpoint(proxy, "1.2.3.4", 80).user("me").connect(users);
        MemoryTransport third = attempt().succeed();
        assertArrayEquals(bytes(4, 1, 0, 80, 1, 2, 3, 4, "me", 0), third.take());
        third.deliver(bytes(0, 93, 0, 0, 0, 0, 0, 0));
        assertProxyError("identd names another user (code 93)", 93, four);
        third.close();
        assertNull(users.built);
        assertEquals(users.started, users.stopped);
    }

    @Test
    @DisplayName("a proxy that cannot be reached is told apart from one that refuses")
    void unreachable() {
        Deferred<Protocol> connected = five().connect(users);
        var refused = new ConnectionRefused("cannot connect to 10.0.0.1:1080: refused");
        attempt().fail(refused);
        var error = assertInstanceOf(ProxyError.class, failure(connected));
        assertSame(refused, error.getCause());
        assertTrue(String.valueOf(error.getMessage()).startsWith("cannot reach the SOCKS 5 proxy tcp:10.0.0.1:1080: "));
    }

    @Test
    @DisplayName("a peer that is no proxy, and one that hangs up")
    void noProxy() {
        Deferred<Protocol> connected = five().connect(users);
        MemoryTransport wire = attempt().succeed();
        wire.deliver("HTTP/1.1 400 Bad Request\r\n");
        assertProxyError("does not speak its protocol: the answer to the greeting begins with 72", -1, connected);
        assertTrue(wire.disconnected());
        wire.close();

        Deferred<Protocol> second = five().connect(users);
        MemoryTransport closing = attempt().succeed();
        closing.deliverEnd();
        assertTrue(closing.disconnecting());
        closing.close();
        assertProxyError("closed the connection before it answered", -1, second);
    }

    @Test
    @DisplayName("G6: the proxy's time is for its whole answer")
    void timeout() {
        Deferred<Protocol> connected = five().timeout(Duration.ofSeconds(5)).connect(users);
        MemoryTransport wire = attempt().succeed();
        reactor.advance(Duration.ofSeconds(4));
        wire.deliver(bytes(5, 0));
        reactor.advance(Duration.ofSeconds(1));
        assertProxyError("took longer than PT5S", -1, connected);
        assertTrue(wire.disconnected());
        wire.close();
    }

    @Test
    @DisplayName("END-3: cancelling ends the attempt, on the way to the proxy and while talking to it")
    void cancel() {
        Deferred<Protocol> early = five().connect(users);
        early.cancel();
        var error = assertInstanceOf(ConnectingCancelledError.class, failure(early));
        assertEquals(new Address.Hostname("example.com", 80), error.address());
        assertEquals(Connector.State.DISCONNECTED, attempt().state());

        Deferred<Protocol> talking = five().connect(users);
        MemoryTransport wire = attempt().succeed();
        talking.cancel();
        assertInstanceOf(ConnectingCancelledError.class, failure(talking));
        assertTrue(wire.disconnected());
        wire.close();
        assertEquals(users.started, users.stopped);
        assertNull(users.built);
    }

    @Test
    @DisplayName("END-2: a factory without a protocol, and one that throws")
    void noProtocol() {
        users.next = null;
        Deferred<Protocol> refused = five().connect(users);
        grant(attempt().succeed());
        assertInstanceOf(NoProtocol.class, failure(refused));

        var thrown = new IllegalStateException("no");
        Deferred<Protocol> throwing = five().connect(new Factory<>() {
            @Override
            public Protocol buildProtocol(Address peer) {
                throw thrown;
            }
        });
        grant(attempt().succeed());
        assertSame(thrown, failure(throwing));
    }

    private static void grant(MemoryTransport wire) {
        wire.deliver(bytes(5, 0));
        wire.deliver(GRANTED);
        assertTrue(wire.disconnecting());
        wire.close();
    }

    @Test
    @DisplayName("TRA-10: the end of one direction is passed on to a protocol that can go on, and closes any other")
    void halfClose() {
        final class Half extends Recorder implements HalfCloseable {
            @Override
            public void readConnectionLost() {
                seen.add("read end");
            }

            @Override
            public void writeConnectionLost() {
                seen.add("write end");
            }
        }
        users.next = new Half();
        five().connect(users);
        MemoryTransport wire = attempt().succeed();
        wire.deliver(bytes(5, 0));
        wire.deliver(GRANTED);
        wire.deliverEnd();
        wire.loseWriteConnection();
        assertFalse(wire.disconnecting());
        assertEquals(List.of("made", "read end", "write end"), seen);
        wire.close();

        users.next = recorder;
        five().connect(users);
        MemoryTransport whole = attempt().succeed();
        whole.deliver(bytes(5, 0));
        whole.deliver(GRANTED);
        whole.deliverEnd();
        assertTrue(whole.disconnecting());
        whole.close();
    }

    @Test
    @DisplayName("HTTP CONNECT: head out, head in, and the rest is the program's")
    void httpConnect() {
        Deferred<Protocol> connected = new HttpConnectClientEndpoint(proxy, "example.com", 443)
                .login("me", "pw")
                .connect(users);
        MemoryTransport wire = attempt().succeed();
        assertEquals(
                "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\nProxy-Authorization: Basic bWU6cHc=\r\n\r\n",
                wire.takeText());
        wire.deliverCutAtRandom(bytes("HTTP/1.1 200 OK\r\nA: b\r\n\r\nSSH-2.0"), 3);
        assertSame(recorder, connected.result());
        assertEquals("madeSSH-2.0", String.join("", seen));
        wire.close();

        Deferred<Protocol> refused = new HttpConnectClientEndpoint(proxy, "::1", 443).connect(users);
        MemoryTransport second = attempt().succeed();
        second.deliver("HTTP/1.1 403 Forbidden\r\n\r\n");
        assertProxyError("the HTTP proxy tcp:10.0.0.1:1080 refused: status 403 \"Forbidden\"", 403, refused);
        second.close();
    }

    @Test
    @DisplayName("proxies stack: SOCKS 5 through HTTP CONNECT through SOCKS 4, and each is told of the next")
    void stack() {
        ClientEndpoint endpoint = ClientEndpoint.of(
                reactor,
                "socks5:example.com:80:proxy=http-connect\\:socks.example\\:1080\\:proxy=socks4\\\\\\:http.example"
                        + "\\\\\\:3128\\\\\\:proxy=tcp\\\\\\\\\\\\\\:10.0.0.1\\\\\\\\\\\\\\:1080");
        Deferred<Protocol> connected = endpoint.connect(users);
        assertEquals(new Address.Hostname("10.0.0.1", 1080), attempt().destination());
        MemoryTransport wire = attempt().succeed();
        assertArrayEquals(bytes(4, 1, 3128 >> 8, 3128 & 255, 0, 0, 0, 1, 0, "http.example", 0), wire.take());
        wire.deliver(bytes(0, 90, 0, 0, 0, 0, 0, 0));
        assertTrue(wire.takeText().startsWith("CONNECT socks.example:1080 HTTP/1.1\r\n"));
        wire.deliver(bytes("HTTP/1.1 200 OK\r\n\r\n"));
        assertArrayEquals(bytes(5, 1, 0), wire.take());
        wire.deliver(bytes(5, 0));
        assertArrayEquals(REQUEST, wire.take());
        wire.deliver(bytes(GRANTED, "hello"));

        assertSame(recorder, connected.result());
        assertEquals(List.of("made", "hello"), seen);
        assertSame(wire, recorder.transport());
        wire.close();
        assertEquals(List.of("made", "hello", "lost"), seen);
        assertEquals(users.started, users.stopped);
    }

    @Test
    @DisplayName("a refusal in the middle of a stack names the proxy that refused")
    void stackRefuses() {
        var first = new Socks4ClientEndpoint(proxy, "inner.example", 1080);
        Deferred<Protocol> connected = new Socks5ClientEndpoint(first, "example.com", 80).connect(users);
        MemoryTransport wire = attempt().succeed();
        wire.deliver(bytes(0, 91, 0, 0, 0, 0, 0, 0));
        assertProxyError(
                "the SOCKS 4 proxy tcp:10.0.0.1:1080 refused: refused or failed (code 91); asked for inner.example:1080",
                -1,
                connected);
        wire.close();
    }

    @Test
    @DisplayName("END-6: descriptions, and what is wrong with them, without the password")
    void descriptions() {
        String text = "socks5:example.com:80:proxy=tcp\\:10.0.0.1\\:1080";
        assertEquals(text, ClientEndpoint.of(reactor, text).toString());
        var endpoint = (Socks5ClientEndpoint) ClientEndpoint.of(
                reactor,
                "SOCKS5:host=::1:port=80:user=me:password=a\\:b:timeout=5:proxy=tcp\\:10.0.0.1\\:1080"
                        .replace("host=::1", "host=\\:\\:1"));
        assertEquals(
                new Socks5ClientEndpoint(endpoint.proxy(), "::1", 80)
                        .login("me", "a:b")
                        .timeout(Duration.ofSeconds(5)),
                endpoint);
        assertEquals(
                "me",
                ((Socks4ClientEndpoint) ClientEndpoint.of(reactor, "socks4:a:1:user=me:proxy=tcp\\:p\\:1")).user());
        assertInstanceOf(
                HttpConnectClientEndpoint.class, ClientEndpoint.of(reactor, "http-connect:a:1:proxy=tcp\\:p\\:1"));

        complaint("it has no proxy", "socks5:a:1");
        complaint("there are no client endpoints of type \"smoke\"", "socks5:a:1:proxy=smoke\\:x");
        complaint("SOCKS 4 has no passwords", "socks4:a:1:password=hush:proxy=tcp\\:p\\:1");
        complaint("SOCKS 4 has no way to ::1", "socks4:\\:\\:1:1:proxy=tcp\\:p\\:1");
        complaint("is no host name", "socks5:a b:1:password=hush:proxy=tcp\\:p\\:1");
        complaint("its port \"x\"", "socks5:a:x:password=hush:proxy=socks4\\:b\\:1\\:proxy=tcp\\\\\\:p\\\\\\:1");
        complaint("it has no proxy", "socks5:a:1:proxy=socks5\\:b\\:1\\:password=hush");
        complaint("give the password as password=", "socks5:a:1:tcp\\:p\\:1:5:me:hush");
        complaint("RFC 7617", "http-connect:a:1:user=u\\:v:password=hush:proxy=tcp\\:p\\:1");
    }

    private void complaint(String expected, String description) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> ClientEndpoint.of(reactor, description), description)
                        .getMessage());
        assertTrue(message.contains(expected), message);
        assertFalse(message.contains("hush"), message);
    }

    @Test
    @DisplayName("K1: names that cannot be are refused before anything is connected to")
    void badNames() {
        for (String bad : List.of("", "a\0b", "a\r\nb", "x".repeat(254), "fe80::1%eth0")) {
            assertThrows(IllegalArgumentException.class, () -> new Socks5ClientEndpoint(proxy, bad, 80), bad);
            assertThrows(IllegalArgumentException.class, () -> new HttpConnectClientEndpoint(proxy, bad, 80), bad);
        }
        assertThrows(IllegalArgumentException.class, () -> new Socks5ClientEndpoint(proxy, "a", 65536));
        assertThrows(IllegalArgumentException.class, () -> five().timeout(Duration.ZERO));
        assertEquals(0, reactor.tcpClients().size());
    }
}
