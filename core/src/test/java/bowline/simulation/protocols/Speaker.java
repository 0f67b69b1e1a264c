package bowline.simulation.protocols;

import bowline.protocol.PullProducer;
import bowline.protocol.PushProducer;
import bowline.protocol.Transport;
import bowline.protocol.TransportLimits;
import bowline.simulation.invariant.ByteStreamCheck;
import bowline.simulation.invariant.ProducerCheck;
import bowline.tls.TlsTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How one end of a conversation says what it has to say, piece by piece.
abstract class Speaker {
    private static final int SMALL_PIECE_MAX = 600;
    private static final int LARGE_PIECE_MAX = 30_000;
    private static final int TLS_JOINED_MAX_BYTES = 64_000;

    final RandomGenerator random;
    final Transport transport;
    final ProducerCheck producer;
    private final ByteStreamCheck words;
    private final Runnable whenDone;
    private final int pieceMin;
    private final int pieceMax;
    private int pieces;

    private Speaker(Streamer end, Streamer.Talk talk, Runnable whenDone, boolean large) {
        random = talk.random();
        transport = end.transport();
        words = end.mine(talk);
        producer = new ProducerCheck("producer of " + words);
        pieceMin = large ? 1 : 0; // who is asked for a piece and writes nothing is not asked again
        pieceMax = large ? LARGE_PIECE_MAX : SMALL_PIECE_MAX;
        pieces = large ? random.nextInt(2, 8) : random.nextInt(2, 6);
        this.whenDone = whenDone;
    }

    /// Small pieces now and then, or large ones in any of the ways there are.
    static Speaker of(Streamer end, Streamer.Talk talk, Runnable whenDone, boolean large) {
        if (!large) {
            return new NowAndThen(end, talk, whenDone, false);
        }
        return switch (talk.random().nextInt(3)) {
            case 0 -> new NowAndThen(end, talk, whenDone, true);
            case 1 -> new Pushing(end, talk, whenDone);
            default -> new Pulling(end, talk, whenDone);
        };
    }

    /// Says the first piece at least.
    abstract void begin();

    /// @return whether there is more to say
    final boolean sayPiece() {
        byte[] piece = new byte[random.nextInt(pieceMin, pieceMax)];
        random.nextBytes(piece);
        say(piece);
        return --pieces > 0;
    }

    final void say(byte[] piece) {
        words.sent(piece);
        switch (random.nextInt(3)) {
            case 0 -> transport.write(piece);
            case 1 -> transport.write(ByteBuffer.wrap(piece));
            default -> transport.writeOwned(ByteBuffer.wrap(piece));
        }
    }

    final void done() {
        words.senderFinished();
        whenDone.run();
    }

    /// Writes without looking whether anything waits.
    private static final class NowAndThen extends Speaker {
        private final Streamer end;

        NowAndThen(Streamer end, Streamer.Talk talk, Runnable whenDone, boolean large) {
            super(end, talk, whenDone, large);
            this.end = end;
        }

        @Override
        void begin() {
            if (sayPiece()) {
                end.later(Duration.ofMillis(random.nextInt(200)), this::begin);
            } else {
                done();
            }
        }
    }

    /// Writes until it is paused.
    private static final class Pushing extends Speaker implements PushProducer {
        private boolean goesOn = true;

        Pushing(Streamer end, Streamer.Talk talk, Runnable whenDone) {
            super(end, talk, whenDone, true);
        }

        @Override
        void begin() {
            producer.registered();
            transport.registerProducer(this);
            produce();
        }

        private void produce() {
            while (goesOn && producer.mayProduce()) {
                goesOn = sayPiece();
                if (producer.mayProduce() && transport.unsentBytes() > mostUnsent()) {
                    throw new AssertionError("not paused although " + transport.unsentBytes() + " bytes wait");
                }
            }
            if (!goesOn) {
                producer.unregistered();
                transport.unregisterProducer();
                done();
            }
        }

        /// A layer of TLS joins some more bytes (TLS-11), and there may be two.
        private long mostUnsent() {
            long joined = transport instanceof TlsTransport ? 2 * TLS_JOINED_MAX_BYTES : 0;
            return TransportLimits.HIGH_WATER_BYTES + joined;
        }

        @Override
        public void pauseProducing() {
            producer.paused();
        }

        @Override
        public void resumeProducing() {
            producer.resumed();
            produce();
        }

        @Override
        public void stopProducing() {
            producer.stopped();
        }
    }

    /// Writes a piece whenever it is asked.
    private static final class Pulling extends Speaker implements PullProducer {

        Pulling(Streamer end, Streamer.Talk talk, Runnable whenDone) {
            super(end, talk, whenDone, true);
        }

        @Override
        void begin() {
            producer.registered();
            transport.registerProducer(this);
        }

        @Override
        public void produceMore() {
            producer.asked();
            if (!sayPiece()) {
                producer.unregistered();
                transport.unregisterProducer();
                done();
            }
        }

        @Override
        public void stopProducing() {
            producer.stopped();
        }
    }
}
