package bowline.examples;

import bowline.defer.Deferred;
import bowline.protocol.ConnectError;
import bowline.reactor.Reactor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fetches poems in straight lines (seed P18, the other style): the function of [PoetryDeferred], awaited inside
/// coroutines. It reads like [PoetryBlocking] and yet all the poems come at once.
///
///     ./bowline example poetry-await [HOST:]PORT ...
public final class PoetryAwait {

    private PoetryAwait() {}

    /// Prints each poem as it is complete.
    public static void main(String... args) {
        List<PoetryAddress> addresses = PoetryAddress.parse("poetry-await", args);
        Reactor reactor = Reactor.create();
        reactor.callWhenRunning(() -> fetchAll(reactor, addresses));
        reactor.run();
    }

    private static void fetchAll(Reactor reactor, List<PoetryAddress> addresses) {
        reactor.async(() -> {
            var fetches = new ArrayList<Deferred<@Nullable Void>>();
            for (PoetryAddress address : addresses) {
                fetches.add(reactor.async(() -> fetch(reactor, address)));
            }
            for (Deferred<@Nullable Void> fetch : fetches) {
                fetch.await();
            }
            reactor.stop();
        });
    }

    private static void fetch(Reactor reactor, PoetryAddress address) throws Exception {
        try {
            String poem = PoetryDeferred.getPoetry(reactor, address).await();
            IO.print(poem);
        } catch (ConnectError nobodyThere) {
            IO.println("Couldn't download poem from " + address + ": " + nobodyThere.getMessage());
        }
    }
}
