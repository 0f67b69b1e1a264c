package bowline.examples;

import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.reactor.Reactor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Fetches poems through a function that anybody can use (seed P16, client 3.0): it takes a callback for the
/// poem and leaves the reactor alone. The program that uses it decides when to stop. Still nobody hears of
/// a server that is not there.
///
///     ./bowline example poetry-client-3 [HOST:]PORT ...
public final class PoetryClient3 {

    private PoetryClient3() {}

    /// Prints the poems when the last is complete.
    public static void main(String... args) {
        List<PoetryAddress> addresses = PoetryAddress.parse("poetry-client-3", args);
        Reactor reactor = Reactor.create();
        var poems = new ArrayList<String>();
        for (PoetryAddress address : addresses) {
            getPoetry(reactor, address, poem -> {
                poems.add(poem);
                if (poems.size() == addresses.size()) {
                    reactor.stop();
                }
            });
        }
        reactor.run();
        poems.forEach(IO::print);
        IO.println("Got " + poems.size() + " poems");
    }

    /// Fetches a poem and calls `callback` with it.
    static void getPoetry(Reactor reactor, PoetryAddress address, Consumer<String> callback) {
        reactor.connectTcp(address.host(), address.port(), new PoetryClientFactory(callback));
    }

    private static final class PoetryClientFactory extends ClientFactory<PoetryProtocol> {
        private final Consumer<String> callback;

        PoetryClientFactory(Consumer<String> callback) {
            this.callback = callback;
        }

        @Override
        public PoetryProtocol buildProtocol(Address peer) {
            return new PoetryProtocol(callback);
        }
    }
}
