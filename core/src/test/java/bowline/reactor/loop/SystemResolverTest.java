package bowline.reactor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.reactor.Reactor;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Name resolution (section 15).
class SystemResolverTest {
    private final Reactor reactor = Reactor.create("nio");

    private Object resolve(String name) {
        var result = new ArrayList<Object>();
        var guard = reactor.callLater(Duration.ofSeconds(20), reactor::crash);
        reactor.callWhenRunning(
                () -> reactor.resolver().resolve(name).onSuccess(result::add).onBoth(reactor::stop));
        reactor.run(false);
        guard.cancelIfActive();
        return result.getFirst();
    }

    /// RES-1
    @Test
    void needsNoLookUpForLiterals() {
        for (String literal : List.of("192.0.2.7", "2001:db8::7")) {
            Deferred<List<InetAddress>> found = reactor.resolver().resolve(literal);
            assertEquals(List.of(InetAddress.ofLiteral(literal)), found.result());
        }
        assertEquals(
                List.of(InetAddress.ofLiteral("0.0.0.0")),
                reactor.resolver().resolve("").result());
    }

    /// RES-2, RES-3
    @Test
    void asksTheSystem() {
        assertTrue(((List<?>) resolve("localhost")).contains(InetAddress.ofLiteral("127.0.0.1")));
    }

    /// RES-2: RFC 6761 §6.4 promises that there is no such name
    @Test
    void findsNoAddressForAnUnknownName() {
        assertEquals(List.of(), resolve("bowline.invalid"));
    }

    /// RES-6
    @Test
    void canBeCancelled() {
        Deferred<List<InetAddress>> found = reactor.resolver().resolve("localhost");
        found.cancel();
        var type = new ArrayList<Class<?>>();
        found.addErrback(failure -> {
            type.add(failure.type());
            return List.of();
        });

        assertEquals(List.of(CancelledError.class), type);
        reactor.callFromThread(() -> reactor.callLater(Duration.ofMillis(20), reactor::stop));
        reactor.run(false);
    }
}
