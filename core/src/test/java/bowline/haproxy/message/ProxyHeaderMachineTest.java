package bowline.haproxy.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.bytes.ByteQueue;
import bowline.haproxy.message.ProxyHeader.Extension;
import bowline.machine.PeerViolation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HAP-2, HAP-3, HAP-4, R1: PROXY headers of both versions.
class ProxyHeaderMachineTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static @Nullable ProxyHeader whole(byte[] bytes) {
        return new ProxyHeaderMachine(ProxyLimits.DEFAULT).next(ByteBuffer.wrap(bytes));
    }

    /// Reads `bytes` and "rest", whole and cut at every place: always the same, and the rest is left.
    private static ProxyHeader read(byte[] bytes) {
        ProxyHeader whole = whole(bytes);
        assertNotNull(whole);
        byte[] all = new byte[bytes.length + 4];
        System.arraycopy(bytes, 0, all, 0, bytes.length);
        System.arraycopy(latin("rest"), 0, all, bytes.length, 4);
        for (int cut = 0; cut < bytes.length; cut++) {
            var machine = new ProxyHeaderMachine(ProxyLimits.DEFAULT);
            ByteBuffer unread = ByteBuffer.wrap(all, 0, cut);
            assertNull(machine.next(unread), "cut at " + cut);
            assertEquals(0, unread.position());
            unread.limit(all.length);
            assertEquals(whole, machine.next(unread), "cut at " + cut);
            assertEquals("rest", StandardCharsets.ISO_8859_1.decode(unread).toString());
        }
        return whole;
    }

    private static String refusal(byte[] bytes) {
        var machine = new ProxyHeaderMachine(ProxyLimits.DEFAULT);
        ByteBuffer unread = ByteBuffer.wrap(bytes);
        PeerViolation violation = assertThrows(PeerViolation.class, () -> machine.next(unread));
        return String.valueOf(violation.getMessage());
    }

    @Test
    @DisplayName("HAP-2: version 1 over IPv4")
    void readsTextOfIpv4() {
        ProxyHeader header = read(latin("PROXY TCP4 255.255.255.255 192.0.2.1 65535 1\r\n"));
        assertEquals(ProxyHeader.of(1, new ProxyAddress.V4(-1, 65535), new ProxyAddress.V4(0xC0000201, 1)), header);
    }

    @Test
    @DisplayName("HAP-2: version 1 over IPv6, in all ways to write it")
    void readsTextOfIpv6() {
        ProxyHeader header = read(latin("PROXY TCP6 2001:db8::1 ::ffff:192.0.2.1 1 2\r\n"));
        var source = (ProxyAddress.V6) header.source();
        var destination = (ProxyAddress.V6) header.destination();
        assertNotNull(source);
        assertNotNull(destination);
        assertEquals("2001:db8::1", source.host());
        assertEquals("::ffff:c000:201", destination.host());
        read(latin("PROXY TCP6 " + "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ".repeat(2) + "65535 65535\r\n"));
        assertEquals(
                "::",
                ((ProxyAddress.V6) read(latin("PROXY TCP6 :: 1:: 1 2\r\n")).source()).host());
        assertEquals("1:0:0:2::", new ProxyAddress.V6(1L << 48 | 2, 0, 0).host());
    }

    @Test
    @DisplayName("HAP-2: UNKNOWN names no addresses, whatever else it says; 107 bytes are the most")
    void readsUnknown() {
        assertEquals(ProxyHeader.unknown(1), read(latin("PROXY UNKNOWN\r\n")));
        assertEquals(ProxyHeader.unknown(1), read(latin("PROXY UNKNOWN ff 1 2 three\r\n")));
        read(latin("PROXY UNKNOWN " + "x".repeat(91) + "\r\n"));
        assertTrue(refusal(latin("PROXY UNKNOWN " + "x".repeat(92) + "\r\n")).contains("107"));
        assertTrue(refusal(latin("PROXY UNKNOWN " + "x".repeat(93))).contains("107"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n",
                "PROXY TCP4  1.2.3.4 1.2.3.4 1 2\r\n",
                "PROXY TCP4 1.2.3.256 1.2.3.4 1 2\r\n",
                "PROXY TCP4 1.2.3 1.2.3.4 1 2\r\n",
                "PROXY TCP4 1.2.3.4.5 1.2.3.4 1 2\r\n",
                "PROXY TCP4 01.2.3.4 1.2.3.4 1 2\r\n",
                "PROXY TCP4 1.2.3.4 ::1 1 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 65536 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 +1 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 -1 2\r\n",
                "PROXY TCP6 1.2.3.4 1.2.3.4 1 2\r\n",
                "PROXY TCP6 1:2:3:4:5:6:7 ::1 1 2\r\n",
                "PROXY TCP6 1:2:3:4:5:6:7:8:9 ::1 1 2\r\n",
                "PROXY TCP6 1::2::3 ::1 1 2\r\n",
                "PROXY TCP6 1: ::1 1 2\r\n",
                "PROXY TCP6 12345:: ::1 1 2\r\n",
                "PROXY TCP6 g:: ::1 1 2\r\n",
                "PROXY TCP6 fe80::1%eth0 ::1 1 2\r\n",
                "PROXY TCP6 1:2:3:4:5:6:7:: ::1:2:3:4:5:6:7:8 1 2\r\n",
                "PROXY UDP4 1.2.3.4 1.2.3.4 1 2\r\n",
                "PROXY tcp4 1.2.3.4 1.2.3.4 1 2\r\n",
                "PROXY \r\n",
            })
    @DisplayName("HAP-2, R1: what is nearly a header is none")
    void refusesWhatIsNearlyAHeader(String line) {
        refusal(latin(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n", "X", "PROXX", "proxy ", "\r\n\r\n\0\r\nQUIX"})
    @DisplayName("HAP-1, HAP-4: the first wrong byte is refused")
    void refusesTheFirstWrongByte(String text) {
        assertTrue(refusal(latin(text)).contains("not with a PROXY header"));
    }

    @Test
    @DisplayName("HAP-3: version 2 over IPv4, IPv6 and sockets of the file system, streams and datagrams")
    void readsBinaryAddresses() {
        var v4 = ProxyHeader.of(2, new ProxyAddress.V4(0x01020304, 258), new ProxyAddress.V4(0x05060708, 772));
        assertEquals(v4, read(hex(SIGNATURE + "21 11 000c 01020304 05060708 0102 0304")));
        assertEquals(v4, read(hex(SIGNATURE + "21 12 000c 01020304 05060708 0102 0304")));
        var v6 = ProxyHeader.of(2, new ProxyAddress.V6(1, 2, 258), new ProxyAddress.V6(3, 4, 772));
        String words = "0000000000000001 0000000000000002 0000000000000003 0000000000000004";
        assertEquals(v6, read(hex(SIGNATURE + "21 21 0024" + words + "0102 0304")));
        assertEquals(v6, read(hex(SIGNATURE + "21 22 0024" + words + "0102 0304")));
        var unix = ProxyHeader.of(2, new ProxyAddress.Unix("ab"), new ProxyAddress.Unix("c".repeat(108)));
        assertEquals(unix, read(hex(SIGNATURE + "21 31 00d8 6162" + "00".repeat(106) + "63".repeat(108))));
        assertEquals(unix, read(hex(SIGNATURE + "21 32 00d8 6162" + "00".repeat(106) + "63".repeat(108))));
    }

    @Test
    @DisplayName("HAP-3: LOCAL and unspecified name no addresses; the family of LOCAL means nothing")
    void readsLocal() {
        var local = new ProxyHeader(2, true, null, null, List.of());
        assertEquals(local, read(hex(SIGNATURE + "20 00 0000")));
        assertEquals(local, read(hex(SIGNATURE + "20 11 000c 01020304 05060708 0102 0304")));
        assertEquals(local, read(hex(SIGNATURE + "20 ff 0003 010203")));
        assertEquals(local, read(hex(SIGNATURE + "20 11 0000")));
        assertEquals(ProxyHeader.unknown(2), read(hex(SIGNATURE + "21 00 0000")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"31", "11", "22", "2f", "00"})
    @DisplayName("HAP-3: unknown versions and commands are refused, as soon as they are seen")
    void refusesUnknownCommands(String command) {
        refusal(hex(SIGNATURE + command));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "01", "13", "41", "ff"})
    @DisplayName("HAP-3: unknown families and kinds are refused")
    void refusesUnknownFamilies(String family) {
        refusal(hex(SIGNATURE + "21" + family + "0000"));
    }

    @Test
    @DisplayName("HAP-3: a header that is too short for its addresses is refused before they come")
    void refusesShortAddresses() {
        assertTrue(refusal(hex(SIGNATURE + "21 11 000b")).contains("11"));
        refusal(hex(SIGNATURE + "21 21 0023"));
        refusal(hex(SIGNATURE + "21 31 00d7"));
    }

    @Test
    @DisplayName("R1, G1: a length beyond the limits is refused before the bytes come; exactly the limit is read")
    void limitsTheLength() {
        assertTrue(refusal(hex(SIGNATURE + "21 11 ffff")).contains("extensionsMaxBytes"));
        var machine = new ProxyHeaderMachine(new ProxyLimits(10, 2));
        assertNotNull(machine.next(ByteBuffer.wrap(hex(SIGNATURE + "21 00 000a ee0007" + "61".repeat(7)))));
        var strict = new ProxyHeaderMachine(new ProxyLimits(10, 2));
        assertThrows(PeerViolation.class, () -> strict.next(ByteBuffer.wrap(hex(SIGNATURE + "21 00 000b"))));
    }

    @Test
    @DisplayName("R1, G2: one extension too many is refused")
    void limitsTheNumberOfExtensions() {
        byte[] two = hex(SIGNATURE + "21 00 0006" + "040000".repeat(2));
        assertNotNull(new ProxyHeaderMachine(new ProxyLimits(100, 2)).next(ByteBuffer.wrap(two)));
        byte[] three = hex(SIGNATURE + "21 00 0009" + "040000".repeat(3));
        var strict = new ProxyHeaderMachine(new ProxyLimits(100, 2));
        assertThrows(PeerViolation.class, () -> strict.next(ByteBuffer.wrap(three)));
    }

    @Test
    @DisplayName("R1: extensions are given as they are, known or not; broken ones are refused")
    void readsExtensions() {
        ProxyHeader header = read(hex(SIGNATURE + "21 00 000a 02 0001 61 ee 0003 010203"));
        assertEquals(List.of(new Extension(0x02, "a"), new Extension(0xEE, "\1\2\3")), header.extensions());
        assertEquals("a", header.extension(Extension.AUTHORITY));
        assertNull(header.extension(Extension.ALPN));
        refusal(hex(SIGNATURE + "21 00 0002 0200"));
        refusal(hex(SIGNATURE + "21 00 0003 020001"));
    }

    @Test
    @DisplayName("R1: the CRC32c is checked when it is there")
    void checksTheChecksum() {
        var header = new ProxyHeader(
                2,
                false,
                new ProxyAddress.V4(1, 2),
                new ProxyAddress.V4(3, 4),
                List.of(new Extension(Extension.AUTHORITY, "example")));
        byte[] bytes = written(header);
        assertEquals(header, read(bytes));
        for (int i = 16; i < bytes.length - 4; i++) {
            if (i == 38) {
                continue; // the type of the checksum, without which there is none
            }
            byte[] broken = bytes.clone();
            broken[i] ^= 1;
            refusal(broken);
        }
        // The check value of the polynomial shows which of the many sums it is.
        assertEquals(0xE3069283, crc("123456789"));
        refusal(hex(SIGNATURE + "21 00 0006 030003 000000"));
    }

    private static int crc(String text) {
        var sum = new java.util.zip.CRC32C();
        sum.update(latin(text));
        return (int) sum.getValue();
    }

    private static byte[] written(ProxyHeader header) {
        var queue = new ByteQueue();
        new ProxyHeaderMachine(ProxyLimits.DEFAULT).send(header, queue);
        return queue.takeAll();
    }

    @Test
    @DisplayName("G3: what is written is read back, in both versions")
    void readsBackWhatItWrites() {
        var headers = new ArrayList<ProxyHeader>();
        for (int version = 1; version <= 2; version++) {
            headers.add(ProxyHeader.unknown(version));
            headers.add(ProxyHeader.of(version, new ProxyAddress.V4(-1, 0), new ProxyAddress.V4(7, 65535)));
            headers.add(ProxyHeader.of(version, new ProxyAddress.V6(-1, 0, 0), new ProxyAddress.V6(0, 5, 65535)));
        }
        headers.add(new ProxyHeader(2, true, null, null, List.of()));
        headers.add(ProxyHeader.of(2, new ProxyAddress.Unix(""), new ProxyAddress.Unix("\u00ff/s")));
        for (ProxyHeader header : headers) {
            assertEquals(header, read(written(header)));
        }
        assertEquals(
                "PROXY TCP4 0.0.0.1 0.0.0.2 3 4\r\n",
                new String(
                        written(ProxyHeader.of(1, new ProxyAddress.V4(1, 3), new ProxyAddress.V4(2, 4))),
                        StandardCharsets.US_ASCII));
    }

    @Test
    void refusesToSayWhatCannotBeSaid() {
        var unix = new ProxyAddress.Unix("x");
        assertThrows(IllegalArgumentException.class, () -> ProxyHeader.of(1, unix, unix));
        assertThrows(IllegalArgumentException.class, () -> ProxyHeader.of(2, unix, new ProxyAddress.V4(1, 2)));
        assertThrows(IllegalArgumentException.class, () -> ProxyHeader.unknown(3));
        assertThrows(IllegalArgumentException.class, () -> new ProxyAddress.Unix("x".repeat(109)));
        assertThrows(IllegalArgumentException.class, () -> new Extension(256, ""));
        assertThrows(IllegalArgumentException.class, () -> new Extension(1, "\u0100"));
    }

    @Test
    void aConnectionHasOneHeader() {
        var machine = new ProxyHeaderMachine(ProxyLimits.DEFAULT);
        machine.next(ByteBuffer.wrap(latin("PROXY UNKNOWN\r\n")));
        assertThrows(IllegalStateException.class, () -> machine.next(ByteBuffer.wrap(latin("x"))));
    }
}
