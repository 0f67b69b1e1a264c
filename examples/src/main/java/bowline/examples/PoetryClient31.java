package bowline.examples;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.reactor.Reactor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Fetches poems with a callback for the poem and an errback for the [Failure] (seed P17, client 3.1): now
/// the program hears of a server that is not there, and ends in any case.
///
///     ./bowline example poetry-client-3.1 [HOST:]PORT ...
public final class PoetryClient31 {
    private final Reactor reactor = Reactor.create();
    private final List<String> poems = new ArrayList<>();
    private final List<Failure> errors = new ArrayList<>();
    private final int expected;

    private PoetryClient31(int expected) {
        this.expected = expected;
    }

    /// Prints the poems, and for each that failed the reason.
    public static void main(String... args) {
        List<PoetryAddress> addresses = PoetryAddress.parse("poetry-client-3.1", args);
        new PoetryClient31(addresses.size()).fetch(addresses);
    }

    private void fetch(List<PoetryAddress> addresses) {
        for (PoetryAddress address : addresses) {
            getPoetry(reactor, address, this::gotPoem, this::poemFailed);
        }
        reactor.run();
        poems.forEach(IO::print);
        IO.println("Got " + poems.size() + " poems, " + errors.size() + " failed");
    }

    /// Fetches a poem and calls `callback` with it, or `errback` with the reason why there is none.
    static void getPoetry(
            Reactor reactor, PoetryAddress address, Consumer<String> callback, Consumer<Failure> errback) {
        reactor.connectTcp(address.host(), address.port(), new PoetryClientFactory(callback, errback));
    }

    private void gotPoem(String poem) {
        poems.add(poem);
        poemDone();
    }

    private void poemFailed(Failure reason) {
        IO.println("Couldn't download poem: " + reason.message());
        errors.add(reason);
        poemDone();
    }

    private void poemDone() {
        if (poems.size() + errors.size() == expected) {
            reactor.stop();
        }
    }

    private static final class PoetryClientFactory extends ClientFactory<PoetryProtocol> {
        private final Consumer<String> callback;
        private final Consumer<Failure> errback;

        PoetryClientFactory(Consumer<String> callback, Consumer<Failure> errback) {
            this.callback = callback;
            this.errback = errback;
        }

        @Override
        public PoetryProtocol buildProtocol(Address peer) {
            return new PoetryProtocol(callback);
        }

        @Override
        public void clientConnectionFailed(Connector connector, Failure reason) {
            errback.accept(reason);
        }
    }
}
