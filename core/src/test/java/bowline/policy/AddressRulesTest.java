package bowline.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// K1: which addresses may be connected to for somebody else.
class AddressRulesTest {

    private static boolean permits(AddressRules rules, String address) {
        return rules.permits(InetAddress.ofLiteral(address));
    }

    @Test
    @DisplayName("K1: nothing that is not public is permitted by default, in either family and in any disguise")
    void publicOnly() {
        for (String denied : List.of(
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "fc00::1",
                "fdff::1",
                "fe80::1",
                "fec0::1",
                "ff02::1")) {
            assertFalse(permits(AddressRules.PUBLIC_ONLY, denied), denied);
        }
        for (String permitted : List.of(
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.169.0.0",
                "223.255.255.255",
                "::ffff:1.1.1.1",
                "64:ff9b::101:101",
                "2606:4700::1111",
                "2001:200::1",
                "2a00::1")) {
            assertTrue(permits(AddressRules.PUBLIC_ONLY, permitted), permitted);
        }
    }

    @Test
    @DisplayName("ALL_HOSTS opens all but what is no single host")
    void allHosts() {
        for (String permitted : List.of("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fe80::1", "fc00::1")) {
            assertTrue(permits(AddressRules.ALL_HOSTS, permitted), permitted);
        }
        for (String denied : List.of("0.0.0.0", "::", "224.0.0.1", "255.255.255.255", "ff02::1")) {
            assertFalse(permits(AddressRules.ALL_HOSTS, denied), denied);
        }
    }

    @Test
    @DisplayName("the smallest block decides, and of equal ones that which allows")
    void smallestBlockDecides() {
        AddressRules rules = AddressRules.PUBLIC_ONLY
                .allow(AddressBlock.of("10.1.0.0/16"))
                .deny(AddressBlock.of("10.1.2.0/24"))
                .allow(AddressBlock.of("10.1.2.3"))
                .deny(AddressBlock.of("1.0.0.0/8"))
                .allow(AddressBlock.of("192.168.0.0/16"));

        assertFalse(permits(rules, "10.2.0.1"));
        assertTrue(permits(rules, "10.1.0.1"));
        assertFalse(permits(rules, "10.1.2.4"));
        assertTrue(permits(rules, "10.1.2.3"));
        assertFalse(permits(rules, "1.1.1.1"));
        assertTrue(permits(rules, "192.168.7.7"));
    }

    @Test
    @DisplayName("blocks are read and written, and contain what they say")
    void blocks() throws UnknownHostException {
        assertEquals("10.0.0.0/8", AddressBlock.of("10.0.0.0/8").toString());
        assertEquals(32, AddressBlock.of("192.0.2.7").prefixBits());
        assertEquals(128, AddressBlock.of("2001:db8::1").prefixBits());
        AddressBlock odd = AddressBlock.of("10.32.0.0/11");
        assertTrue(odd.contains(InetAddress.getByName("10.63.255.255")));
        assertFalse(odd.contains(InetAddress.getByName("10.64.0.0")));
        assertTrue(AddressBlock.of("0.0.0.0/0").contains(InetAddress.ofLiteral("255.1.2.3")));
        assertFalse(AddressBlock.of("0.0.0.0/0").contains(InetAddress.ofLiteral("::1")));
        assertTrue(AddressBlock.of("8000::/1").contains(InetAddress.ofLiteral("fe80::1")));
    }

    @Test
    @DisplayName("what is no block is refused, and so is one with bits behind its length")
    void noBlocks() {
        for (String bad : List.of(
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "::/129",
                "10/8",
                "10.1/16",
                "10.0.0.1/8",
                "example.com",
                "fe80::1%1",
                "10.0.0.0/8/8",
                "1.2.3.4/1234")) {
            assertThrows(IllegalArgumentException.class, () -> AddressBlock.of(bad), bad);
        }
    }
}
