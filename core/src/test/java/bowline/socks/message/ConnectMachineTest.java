package bowline.socks.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.bytes.ByteQueue;
import bowline.socks.message.ConnectMachine.Answer;
import bowline.socks.message.ConnectMachine.Message;
import bowline.socks.message.ConnectMachine.Request;
import bowline.testing.MachineRun;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// RFC 9110 §9.3.6: CONNECT, the client's side.
class ConnectMachineTest {
    private static final long SEED = 9110;
    private static final SocksAddress DESTINATION = new SocksAddress(new SocksHost.Name("example.com"), 443);

    private static ConnectMachine asked() {
        var machine = new ConnectMachine();
        machine.send(new Request(DESTINATION, null, ""), new ByteQueue());
        return machine;
    }

    private static MachineRun<Message> run(String input) {
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
        return MachineRun.inAnyCut(SEED, bytes, ConnectMachineTest::asked, message -> message);
    }

    private static String sent(SocksAddress destination, @Nullable String user, String password) {
        var sink = new ByteQueue();
        new ConnectMachine().send(new Request(destination, user, password), sink);
        return new String(sink.takeAll(), StandardCharsets.US_ASCII);
    }

    @Test
    @DisplayName("the request names the destination twice, an IPv6 address in brackets; a user goes along in Base64")
    void request() {
        assertEquals("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n", sent(DESTINATION, null, ""));
        assertTrue(sent(new SocksAddress(new SocksHost.V6(0x20010DB800000000L, 1), 80), null, "")
                .startsWith("CONNECT [2001:db8:0:0:0:0:0:1]:80 HTTP/1.1\r\n"));
        assertTrue(sent(DESTINATION, "Aladdin", "open sesame")
                .endsWith("\r\nProxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n"));
    }

    @Test
    @DisplayName("G3: a user that would end a line or shift the colon is refused, and a password is never told")
    void users() {
        assertThrows(IllegalArgumentException.class, () -> new Request(DESTINATION, "a:b", "p"));
        assertThrows(IllegalArgumentException.class, () -> new Request(DESTINATION, "a\r\n", "p"));
        assertThrows(IllegalArgumentException.class, () -> new Request(DESTINATION, "a", "\0"));
        assertFalse(new Request(DESTINATION, "u", "secret").toString().contains("secret"));
    }

    @Test
    @DisplayName("any 2xx grants, its fields are passed over, and what follows the head is left")
    void granted() {
        assertEquals(
                List.of(new Answer(200, "Connection established")),
                run("HTTP/1.0 200 Connection established\r\nVia: x\r\nContent-Length: 9\r\n\r\nSSH-2.0")
                        .events());
        assertTrue(new Answer(204, "").granted());
        ByteBuffer unread = ByteBuffer.wrap("HTTP/1.1 200\r\n\r\nabc".getBytes(StandardCharsets.US_ASCII));
        var machine = asked();
        assertEquals(new Answer(200, ""), machine.next(unread));
        assertNull(machine.next(unread));
        assertEquals(3, unread.remaining());
    }

    @Test
    @DisplayName("other answers do not grant; interim ones are passed over")
    void refused() {
        assertEquals(
                List.of(new Answer(407, "Proxy Authentication Required")),
                run("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 407 Proxy Authentication Required\r\nA: b\r\n\r\n<html>")
                        .events());
        assertFalse(new Answer(302, "Found").granted());
    }

    @Test
    @DisplayName("what is no head of HTTP/1 is a violation")
    void violations() {
        for (String bad : List.of(
                "SSH-2.0-OpenSSH\r\n",
                "HTTP/2.0 200 OK\r\n",
                "HTTP/1.1 2000 OK\r\n",
                "HTTP/1.1 20 OK\r\n",
                "HTTP/1.1 600 X\r\n",
                "HTTP/1.1 101 Switching\r\n",
                "HTTP/1.1 200 OK\n",
                "\n",
                "\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n",
                "HTTP/1.1 200 OK\r\n: empty\r\n",
                "HTTP/1.1 200 OK\r\n folded: x\r\n",
                "HTTP/1.1 200 O\0K\r\n")) {
            String violation = run(bad).violation();
            assertTrue(violation != null, bad);
        }
    }

    @Test
    @DisplayName("G2: a head has at most 16 384 bytes and 128 lines")
    void limits() {
        String start = "HTTP/1.1 200 OK\r\n";
        String end = "\r\n\r\n";
        int room = ConnectMachine.HEAD_MAX_BYTES - start.length() - end.length() - 3;
        assertEquals(1, run(start + "a: " + "x".repeat(room) + end).events().size());
        String tooLong = run(start + "a: " + "x".repeat(room + 1) + end).violation();
        assertTrue(tooLong != null && tooLong.contains("16384"), () -> "" + tooLong);

        assertEquals(
                1,
                run(start + "a: b\r\n".repeat(ConnectMachine.LINES_MAX - 2) + "\r\n")
                        .events()
                        .size());
        String tooMany = run(start + "a: b\r\n".repeat(ConnectMachine.LINES_MAX - 1) + "\r\n")
                .violation();
        assertTrue(tooMany != null && tooMany.contains("128 lines"), () -> "" + tooMany);
        String interim = run("HTTP/1.1 100 C\r\n\r\n".repeat(100)).violation();
        assertTrue(interim != null && interim.contains("128 lines"), () -> "" + interim);
    }
}
