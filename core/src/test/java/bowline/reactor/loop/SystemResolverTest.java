package bowline.reactor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.protocol.DnsLookupError;
import bowline.reactor.Reactor;
import bowline.testing.MemoryReactor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    /// RES-4
    @Test
    void givesUpAfterAMinute() {
        var stuck = new CountDownLatch(1);
        var time = new MemoryReactor();
        Deferred<List<InetAddress>> found = new SystemResolver(time, name -> never(stuck)).resolve("slow.example");

        time.advance(Duration.ofSeconds(60).minusNanos(1));
        assertFalse(found.called());
        time.advance(Duration.ofNanos(1));
        stuck.countDown();

        assertEquals(
                "no answer for \"slow.example\" within 60 s",
                assertInstanceOf(DnsLookupError.class, failureOf(found)).getMessage());
    }

    /// THR-11: slow look-ups leave the program's own pool alone, even if they are more than its threads.
    @Test
    @Timeout(20)
    void doesNotStarveTheProgramsWork() {
        var stuck = new CountDownLatch(1);
        var resolver = new SystemResolver(reactor, _ -> never(stuck));
        var answered = new ArrayList<String>();
        for (int i = 0; i <= reactor.threadPool().max(); i++) {
            resolver.resolve("slow" + i + ".example").onSuccess(_ -> answered.add("name"));
        }
        reactor.deferToThread(() -> "work").onSuccess(done -> {
            answered.add(done);
            reactor.stop();
        });
        reactor.run(false);
        stuck.countDown();

        assertEquals(List.of("work"), answered);
    }

    private static InetAddress[] never(CountDownLatch stuck) throws UnknownHostException {
        try {
            stuck.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new UnknownHostException("too late");
    }

    private static Throwable failureOf(Deferred<?> deferred) {
        var failure = new Throwable[1];
        deferred.addErrback(reason -> {
            failure[0] = reason.value();
            return null;
        });
        return failure[0];
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
