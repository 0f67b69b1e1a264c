package bowline.examples;

import bowline.failure.Failure;
import bowline.log.Log;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import bowline.time.DelayedCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Serves a poem slowly, a few bytes at a time, to whoever connects (seed P19): the other half of the
/// poetry clients.
///
///     ./bowline example poetry-server [FILE [PORT [MILLISECONDS [BYTES]]]]
///
/// Without a file it knows a poem of its own.
public final class PoetryServer {

    private PoetryServer() {}

    /// Serves until Ctrl-C.
    public static void main(String... args) throws IOException {
        byte[] poem = args.length > 0 && !args[0].equals("-") ? Files.readAllBytes(Path.of(args[0])) : ownPoem();
        int port = Numbers.port(args, 1, 10000);
        Duration pause = Duration.ofMillis(Numbers.count(args, 2, 700));
        int pieceBytes = Math.max(1, Numbers.count(args, 3, 10));

        Log.startLogging(System.out);
        Reactor reactor = Reactor.create();
        reactor.listenTcp(port, Factory.of(() -> new SlowPoet(poem, pieceBytes, pause)));
        reactor.run();
    }

    static byte[] ownPoem() throws IOException {
        try (InputStream in = PoetryServer.class.getResourceAsStream("the-loop.txt")) {
            if (in == null) {
                throw new IOException("the-loop.txt is missing beside " + PoetryServer.class);
            }
            return in.readAllBytes();
        }
    }

    /// Recites: writes a piece, waits, writes the next.
    static final class SlowPoet extends Protocol {
        private final byte[] poem;
        private final int pieceBytes;
        private final Duration pause;
        private int spoken;
        private @Nullable DelayedCall next;

        SlowPoet(byte[] poem, int pieceBytes, Duration pause) {
            this.poem = poem;
            this.pieceBytes = pieceBytes;
            this.pause = pause;
        }

        @Override
        public void connectionMade() {
            recite();
        }

        private void recite() {
            int length = Math.min(pieceBytes, poem.length - spoken);
            transport().write(poem, spoken, length);
            spoken += length;
            if (spoken == poem.length) {
                transport().loseConnection();
            } else {
                next = transport().clock().callLater(pause, this::recite);
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            if (next != null) {
                next.cancelIfActive();
            }
        }
    }
}
