package bowline.reactor.contract;

import bowline.failure.Failure;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Connections that echo what comes until the client ends, and where each of them was called.
final class Visits {
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger strayed = new AtomicInteger();
    private final AtomicInteger factoriesStopped = new AtomicInteger();
    private final Map<Reactor, AtomicInteger> byReactor = new ConcurrentHashMap<>();

    Factory<Protocol> factory(Reactor reactor) {
        return new Factory<>() {
            @Override
            public Protocol buildProtocol(bowline.protocol.Address peer) {
                return new Visit(reactor);
            }

            @Override
            public void stopFactory() {
                factoriesStopped.incrementAndGet();
            }
        };
    }

    int begun() {
        return begun.get();
    }

    int ended() {
        return ended.get();
    }

    /// How often one was called on another thread than its reactor's.
    int strayed() {
        return strayed.get();
    }

    int factoriesStopped() {
        return factoriesStopped.get();
    }

    Map<Reactor, AtomicInteger> byReactor() {
        return byReactor;
    }

    private final class Visit extends Protocol {
        private final Reactor reactor;

        Visit(Reactor reactor) {
            this.reactor = reactor;
            called();
        }

        private void called() {
            if (!reactor.isInIoThread()) {
                strayed.incrementAndGet();
            }
        }

        @Override
        public void connectionMade() {
            called();
            begun.incrementAndGet();
            byReactor.computeIfAbsent(reactor, _ -> new AtomicInteger()).incrementAndGet();
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            called();
            transport().write(unread);
        }

        @Override
        public void connectionLost(Failure reason) {
            called();
            ended.incrementAndGet();
        }
    }
}
