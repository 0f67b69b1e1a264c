package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.protocol.Address;
import bowline.protocol.TcpTransport;
import org.junit.jupiter.api.Test;

/// Stream transports over TCP (section 17).
public abstract class TcpContract extends StreamContract {
    private final Talker server = new Talker();
    private final Talker client = new Talker();

    /// TRA-18
    @Test
    void setsTcpOptionsThatAreOffAtFirst() {
        client.onMade(it -> {
            var tcp = (TcpTransport) it.transport();
            assertFalse(tcp.tcpNoDelay());
            assertFalse(tcp.tcpKeepAlive());
            tcp.tcpNoDelay(true);
            tcp.tcpKeepAlive(true);
            assertTrue(tcp.tcpNoDelay());
            assertTrue(tcp.tcpKeepAlive());
            tcp.loseConnection();
        });
        client.onLost(it -> assertFalse(((TcpTransport) it.transport()).tcpNoDelay()));
        converse(server, client);
    }

    /// TRA-14
    @Test
    void knowsWhereItsEndsAre() {
        client.onMade(it -> {
            assertEquals(
                    new Address.IPv4(Address.Carrier.TCP, "127.0.0.1", port.port()),
                    it.transport().peer());
            it.transport().loseConnection();
        });
        converse(server, client);
    }
}
