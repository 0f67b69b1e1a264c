package bowline.socks.message;

import static bowline.socks.message.SocksServerMachineTest.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.machine.PeerViolation;
import bowline.testing.generate.Generators;
import bowline.testing.generate.Property;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// RFC 1928 §7: what wraps a datagram of UDP ASSOCIATE.
class SocksDatagramTest {

    private static SocksDatagram read(Object... parts) {
        return SocksDatagram.read(ByteBuffer.wrap(bytes(parts)));
    }

    private static ByteBuffer data(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    @DisplayName("reserved, fragment, address, port, data; the data may be empty")
    void reads() {
        assertEquals(
                new SocksDatagram(new SocksAddress(new SocksHost.V4(0x01020304), 53), data("hello")),
                read(0, 0, 0, 1, 1, 2, 3, 4, 0, 53, "hello"));
        assertEquals(
                new SocksDatagram(new SocksAddress(new SocksHost.Name("dns"), 53), data("")),
                read(0, 0, 0, 3, 3, "dns", 0, 53));
    }

    @Test
    @DisplayName("fragments are refused, and what ends inside its header")
    void refuses() {
        assertTrue(violation(0, 0, 1, 1, 1, 2, 3, 4, 0, 53, "x").contains("fragment 1"));
        assertTrue(violation(0, 0, 128, 1, 1, 2, 3, 4, 0, 53).contains("fragment 128"));
        byte[] whole = bytes(0, 0, 0, 3, 3, "dns", 0, 53);
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
            assertThrows(PeerViolation.class, () -> SocksDatagram.read(cut));
        }
        assertTrue(violation(0, 0, 0, 7, 1).contains("the type 7"));
        assertTrue(violation(0, 0, 0, 3, 1, 0, 0, 53).contains("not visible ASCII"));
    }

    private static String violation(Object... parts) {
        return String.valueOf(
                assertThrows(PeerViolation.class, () -> read(parts)).getMessage());
    }

    @Test
    @DisplayName("what is written is read back, and random bytes are either a datagram or a violation")
    void readsBack() {
        var address = new SocksAddress(new SocksHost.V6(-7, 7), 65535);
        var written = new SocksDatagram(address, data("payload"));
        assertEquals(written, SocksDatagram.read(written.bytes()));
        assertTrue(new SocksDatagram(new SocksAddress(new SocksHost.Name("n".repeat(255)), 1), data(""))
                        .bytes()
                        .remaining()
                == SocksDatagram.HEADER_MAX_BYTES);
        byte[] valid = new byte[written.bytes().remaining()];
        written.bytes().get(valid);
        Property.check(2000, Generators.mutated(List.of(valid), 4), SocksDatagramTest::isDatagramOrViolation);
    }

    private static void isDatagramOrViolation(byte[] noise) {
        try {
            SocksDatagram read = SocksDatagram.read(ByteBuffer.wrap(noise));
            assertEquals(read, SocksDatagram.read(read.bytes()));
        } catch (PeerViolation expected) {
            assertTrue(expected.source().contains("RFC 1928"));
        }
    }
}
