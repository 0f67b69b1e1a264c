package bowline.examples;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Fetches poems with a protocol and a factory (seed P15, client 2.0): the transport does the reading. The factory
/// counts the poems and stops the reactor after the last. A server that is not there is never counted, so
/// then the program does not end: the next client mends that.
///
///     ./bowline example poetry-client-2 [HOST:]PORT ...
public final class PoetryClient2 {

    private PoetryClient2() {}

    /// Prints the poems when the last is complete.
    public static void main(String... args) {
        List<PoetryAddress> addresses = PoetryAddress.parse("poetry-client-2", args);
        Reactor reactor = Reactor.create();
        var factory = new PoetryClientFactory(addresses.size(), reactor);
        for (PoetryAddress address : addresses) {
            reactor.connectTcp(address.host(), address.port(), factory);
        }
        reactor.run();
    }

    private static final class PoetryClientFactory extends ClientFactory<PoetryProtocol> {
        private final Reactor reactor;
        private final Map<Integer, String> poems = new TreeMap<>();
        private int awaited;
        private int tasks;

        PoetryClientFactory(int poemCount, Reactor reactor) {
            this.awaited = poemCount;
            this.reactor = reactor;
        }

        @Override
        public PoetryProtocol buildProtocol(Address peer) {
            return new PoetryProtocol(this, ++tasks);
        }

        void poemFinished(int task, String poem) {
            poems.put(task, poem);
            awaited--;
            if (awaited == 0) {
                poems.values().forEach(IO::print);
                IO.println("Got " + poems.size() + " poems");
                reactor.stop();
            }
        }
    }

    private static final class PoetryProtocol extends Protocol {
        private final PoetryClientFactory poetry;
        private final int task;
        private final ByteArrayOutputStream poem = new ByteArrayOutputStream();

        PoetryProtocol(PoetryClientFactory poetry, int task) {
            this.poetry = poetry;
            this.task = task;
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            IO.println("Task " + task + ": got " + unread.remaining() + " bytes of poetry from "
                    + transport().peer());
            byte[] piece = new byte[unread.remaining()];
            unread.get(piece);
            poem.writeBytes(piece);
        }

        @Override
        public void connectionLost(Failure reason) {
            poetry.poemFinished(task, poem.toString(StandardCharsets.UTF_8));
        }
    }
}
