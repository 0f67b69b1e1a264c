package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListeningPort;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Connections over TCP (sections 17, 19, 22).
public abstract class TcpContract extends ReactorContract {

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }

    @Test
    void echoesWhatAClientSays() {
        var heard = new StringBuilder();
        var reasons = new ArrayList<Throwable>();
        ListeningPort port = reactor.listenTcp(0, Factory.of(Echo::new));
        reactor.connectTcp("127.0.0.1", port.port(), client(() -> new Protocol() {
            @Override
            public void connectionMade() {
                transport().write("hello");
            }

            @Override
            public void dataReceived(ByteBuffer unread) {
                heard.append(StandardCharsets.US_ASCII.decode(unread));
                if (heard.length() == 5) {
                    transport().loseConnection();
                }
            }

            @Override
            public void connectionLost(Failure reason) {
                reasons.add(reason.value());
                reactor.stop();
            }
        }));

        run();

        assertEquals("hello", heard.toString());
        assertEquals(List.of(ConnectionDone.FAILURE.value()), reasons);
    }

    static <P extends Protocol> ClientFactory<P> client(Supplier<P> maker) {
        return new ClientFactory<>() {
            @Override
            public P buildProtocol(Address peer) {
                return maker.get();
            }

            @Override
            public void clientConnectionFailed(Connector connector, Failure reason) {
                throw new AssertionError(reason.value());
            }
        };
    }
}
