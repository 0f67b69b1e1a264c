package bowline.openssl;

import bowline.openssl.library.Libcrypto;
import bowline.openssl.library.Libssl;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What the library holds for one engine: an `SSL`, with [Wires] while there is something in them. One thread at a
/// time; whoever calls the library with [#handle] keeps this object reachable meanwhile.
final class Connection implements AutoCloseable {
    /// How many there are, for tests.
    static final AtomicLong LIVING = new AtomicLong();

    static final Cleaner CLEANER = Cleaner.create();

    private static final long NULL = 0;
    private static final int SSL_SENT_AND_RECEIVED_SHUTDOWN = 3;

    private final Held held;
    private final Cleaner.Cleanable cleanable;

    /// @param handle an `SSL` that nobody else frees
    Connection(long handle) {
        held = new Held(handle);
        cleanable = CLEANER.register(this, held);
        LIVING.incrementAndGet();
    }

    long handle() {
        return held.handle;
    }

    /// Its wires, with which it is joined if it was at rest.
    Wires wires() {
        Wires present = held.wires;
        if (present != null) {
            return present;
        }
        Wires wires = Wires.borrow();
        held.wires = wires;
        Libcrypto.keepBio(wires.in());
        Libcrypto.keepBio(wires.out());
        Libssl.setBios(held.handle, wires.in(), wires.out());
        return wires;
    }

    /// Gives the wires back, which are empty.
    void rest() {
        Wires wires = held.wires;
        if (wires != null) {
            Libssl.setBios(held.handle, NULL, NULL);
            held.wires = null;
            wires.giveBack();
        }
    }

    boolean isAtRest() {
        return held.wires == null;
    }

    @Override
    public void close() {
        cleanable.clean();
    }

    private static final class Held implements Runnable {
        final long handle;

        @Nullable
        Wires wires;

        Held(long handle) {
            this.handle = handle;
        }

        @Override
        public void run() {
            // Without the notices both ways its session would be thought cut off, and not be resumed any more.
            Libssl.setShutdown(handle, SSL_SENT_AND_RECEIVED_SHUTDOWN);
            Libssl.freeConnection(handle);
            if (wires != null) {
                wires.giveBack();
            }
            LIVING.decrementAndGet();
        }
    }
}
