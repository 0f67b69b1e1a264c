package bowline.examples;

import bowline.defer.Deferred;
import bowline.defer.DeferredList;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.reactor.Reactor;
import java.util.List;

/// Fetches poems through a function that returns a [Deferred] (seed P18): success, failure and what comes
/// after either stand in a chain, as `try`, `catch` and `finally` do in blocking code.
///
///     ./bowline example poetry-deferred [HOST:]PORT ...
public final class PoetryDeferred {

    private PoetryDeferred() {}

    /// Prints each poem as it is complete.
    public static void main(String... args) {
        List<PoetryAddress> addresses = PoetryAddress.parse("poetry-deferred", args);
        Reactor reactor = Reactor.create();
        var poems = addresses.stream().map(address -> show(reactor, address)).toList();
        DeferredList.of(poems).onBoth(reactor::stop);
        reactor.run();
    }

    private static Deferred<String> show(Reactor reactor, PoetryAddress address) {
        return getPoetry(reactor, address).onSuccess(IO::print).addErrback(failure -> {
            IO.println("Couldn't download poem from " + address + ": " + failure.message());
            return "";
        });
    }

    /// A poem, once it is there.
    static Deferred<String> getPoetry(Reactor reactor, PoetryAddress address) {
        var poem = new Deferred<String>();
        reactor.connectTcp(address.host(), address.port(), new PoetryClientFactory(poem));
        return poem;
    }

    private static final class PoetryClientFactory extends ClientFactory<PoetryProtocol> {
        private final Deferred<String> poem;

        PoetryClientFactory(Deferred<String> poem) {
            this.poem = poem;
        }

        @Override
        public PoetryProtocol buildProtocol(Address peer) {
            return new PoetryProtocol(poem::callback);
        }

        @Override
        public void clientConnectionFailed(Connector connector, Failure reason) {
            poem.errback(reason);
        }
    }
}
