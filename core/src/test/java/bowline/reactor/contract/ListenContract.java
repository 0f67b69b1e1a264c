package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.protocol.CannotListenError;
import bowline.reactor.ListeningPort;
import org.junit.jupiter.api.Test;

/// Listening ports of TCP (section 22).
public abstract class ListenContract extends StreamListenContract {

    /// LIS-1
    @Test
    void picksAPortAndBindsAtOnce() {
        ListeningPort picked = reactor.listenTcp(0, new Recording(), listenOptions);
        assertTrue(picked.port() > 0);

        var refused = assertThrows(
                CannotListenError.class, () -> reactor.listenTcp(picked.port(), new Recording(), listenOptions));
        assertEquals("tcp:" + picked.port() + " on 127.0.0.1", refused.where());
        assertTrue(refused.getMessage().contains("in use"), refused.getMessage());
        assertThrows(
                CannotListenError.class, () -> reactor.listenTcp(0, new Recording(), listenOptions.on("192.0.2.1")));
        assertThrows(IllegalArgumentException.class, () -> reactor.listenTcp(65_536, new Recording()));
        run(reactor::stop);
    }

    /// LIS-5: port 0 picks another one each time
    @Test
    void picksAnotherPortWhenItListensAgain() {
        port = listen(new Recording());
        int number = port.port();
        run(() -> port.stopListening().onSuccess(_ -> {
            reactor.listenTcp(number, new Recording(), listenOptions);
            port.startListening();
            assertTrue(port.port() != number);
            reactor.stop();
        }));
    }
}
