package bowline.reactor.loop;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.protocol.DnsLookupError;
import bowline.reactor.Reactor;
import bowline.reactor.Resolver;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Asks the operating system, on threads of its own, so that slow look-ups starve nobody else's work
/// (RES-3, THR-11). Those are platform threads: the system's look-up blocks in native code, and would take a
/// virtual thread's carrier with it, of which there are only as many as processors.
final class SystemResolver implements Resolver {

    /// How long a look-up may take (RES-4).
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    /// Most look-ups at the same time in the process; others wait for their turn.
    static final int LOOKUPS_MAX = 64;

    private static final Duration THREAD_IDLE = Duration.ofSeconds(5);

    private final Reactor reactor;
    private final BlockingLookup system;

    /// Asks for all addresses of a name, and blocks until they are there.
    @FunctionalInterface
    interface BlockingLookup {
        /// The addresses.
        ///
        /// @throws UnknownHostException if there are none
        InetAddress[] addresses(String name) throws UnknownHostException;
    }

    /// Threads start with the first look-up, not with the reactor.
    private static final class Lookups {
        static final ExecutorService THREADS = threads();

        private static ExecutorService threads() {
            var threads = new ThreadPoolExecutor(
                    LOOKUPS_MAX,
                    LOOKUPS_MAX,
                    THREAD_IDLE.toSeconds(),
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    Thread.ofPlatform().daemon().name("name-lookup-", 0).factory());
            threads.allowCoreThreadTimeOut(true);
            return threads;
        }
    }

    SystemResolver(Reactor reactor) {
        this(reactor, InetAddress::getAllByName);
    }

    SystemResolver(Reactor reactor, BlockingLookup system) {
        this.reactor = reactor;
        this.system = system;
    }

    /// Literals and the empty name need no look-up (RES-1); other names are converted by IDNA (RES-7).
    @Override
    public Deferred<List<InetAddress>> resolve(String name) {
        if (name.isEmpty()) {
            return Deferred.succeed(List.of(InetAddress.ofLiteral("0.0.0.0")));
        }
        if (isLiteral(name)) {
            return Deferred.succeed(List.of(InetAddress.ofLiteral(name)));
        }
        String ascii;
        try {
            ascii = IDN.toASCII(Normalizer.normalize(name, Normalizer.Form.NFC));
        } catch (IllegalArgumentException impossible) {
            return Deferred.fail(new IllegalArgumentException("\"" + name + "\" cannot be a host name", impossible));
        }
        return lookUp(ascii);
    }

    private Deferred<List<InetAddress>> lookUp(String name) {
        var found = new Deferred<List<InetAddress>>();
        var task = Lookups.THREADS.submit(() -> {
            Deferred<List<InetAddress>> answer = Deferred.execute(() -> ask(name));
            reactor.callFromThread(() -> {
                if (!found.called()) {
                    answer.chainDeferred(found);
                }
            });
        });
        found.addErrback(failure -> {
            failure.trap(CancelledError.class);
            task.cancel(false);
            throw failure.raise();
        });
        return found.addTimeout(TIMEOUT, reactor, (_, _) -> {
            throw new DnsLookupError("no answer for \"" + name + "\" within " + TIMEOUT.toSeconds() + " s");
        });
    }

    private List<InetAddress> ask(String name) {
        try {
            return List.of(system.addresses(name));
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }

    /// Whether `name` is an address in text form.
    static boolean isLiteral(String name) {
        try {
            InetAddress.ofLiteral(name);
            return true;
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }
}
