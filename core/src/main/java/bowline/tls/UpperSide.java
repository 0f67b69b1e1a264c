package bowline.tls;

import bowline.bytes.ByteQueue;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.policy.WrappedTransport;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Producer;
import bowline.protocol.PullProducer;
import bowline.protocol.PullToPush;
import bowline.protocol.PushProducer;
import bowline.protocol.Transport;
import bowline.protocol.TransportLimits;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// The sending half of a [TlsLayer]: what a protocol writes, on its way into records (TLS-9, TLS-11, TLS-13).
///
///     write ──▶ waiting ──▶ file ──▶ behind it ── full records ──▶ transport below
///        │         at the end of the layer's callback, else before the connection sends
///        └── long: enciphered from where it lies
///
/// Nothing is enciphered before the handshake is through, while an engine works elsewhere, or past a file that is being
/// sent: until then it waits, within a limit, and the producer does too. To the transport below, the layer is the
/// producer then, and passes on when to pause. (This class is longer than others because a transport has so many
/// doors.)
final class UpperSide extends WrappedTransport implements TlsTransport {
    /// What is joined to records before it is enciphered (TLS-11).
    static final int JOINED_MAX_BYTES = 64_000;

    private final TlsLayer<?> layer;
    private @Nullable ByteQueue waiting;
    private @Nullable OutboundFile file;
    private @Nullable ByteQueue behindFile;
    private @Nullable PushProducer producer;
    private boolean producerPaused;

    /// The layer is the producer of the transport below.
    private boolean producing;

    /// That transport has told it to pause.
    private boolean pausedBelow;

    private boolean flushAsked;
    private boolean flushing;
    private boolean sendingFile;
    private boolean closing;
    private boolean writeClosing;
    private boolean ended;
    private boolean dead;

    UpperSide(Transport below, TlsLayer<?> layer) {
        super(below);
        this.layer = layer;
    }

    // Writing

    @Override
    public void write(ByteBuffer bytes) {
        if (!mayWrite()) {
            bytes.position(bytes.limit());
        } else if (bytes.hasRemaining()) {
            if (bytes.remaining() >= TlsEngine.RECORD_MAX_BYTES && !held()) {
                encipherLong(bytes);
            }
            keep(bytes);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        write(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void writeOwned(ByteBuffer bytes) {
        write(bytes);
    }

    /// Whether the protocol may still write: after a close only for its producer (TLS-9).
    private boolean mayWrite() {
        return !dead && !ended && (!closing || producer != null);
    }

    /// Whether nothing can be enciphered now.
    private boolean held() {
        return layer.busy() || file != null;
    }

    private int held(@Nullable ByteQueue queue) {
        return queue == null ? 0 : queue.size();
    }

    /// Bytes that are not enciphered, without those of a file.
    private long waits() {
        return (long) held(waiting) + held(behindFile);
    }

    /// The records that it makes, but for the rest; what waits before it goes into the first of them.
    private void encipherLong(ByteBuffer bytes) {
        int begun = held(waiting) % TlsEngine.RECORD_MAX_BYTES;
        if (begun > 0) {
            int more = TlsEngine.RECORD_MAX_BYTES - begun;
            queue().write(bytes.slice(bytes.position(), more));
            bytes.position(bytes.position() + more);
        }
        encipherWaiting(1);
        layer.encipher(bytes, TlsEngine.RECORD_MAX_BYTES);
    }

    private void keep(ByteBuffer bytes) {
        if (!bytes.hasRemaining() || dead) {
            bytes.position(bytes.limit());
            return;
        }
        queue().write(bytes);
        if (held()) {
            waitForLater();
        } else if (held(waiting) >= JOINED_MAX_BYTES) {
            encipherWaiting(TlsEngine.RECORD_MAX_BYTES);
        }
        flushLater();
    }

    private ByteQueue queue() {
        if (file == null) {
            waiting = waiting == null ? new ByteQueue() : waiting;
            return waiting;
        }
        behindFile = behindFile == null ? new ByteQueue() : behindFile;
        return behindFile;
    }

    private void waitForLater() {
        long waits = waits();
        if (waits > layer.limits().outboundMaxBytes()) {
            layer.ending()
                    .abort(Failure.of(new ConnectionLost(waits
                            + " bytes wait for the end of the TLS handshake, or of a file, more than the limit outboundMaxBytes = "
                            + layer.limits().outboundMaxBytes() + "; write as they go, by a registered producer")));
        } else if (waits > TransportLimits.HIGH_WATER_BYTES) {
            pauseProducer();
        }
    }

    private void flushLater() {
        if (!flushAsked && !layer.atWork() && !held()) {
            flushAsked = true;
            below().beforeSending(() -> {
                flushAsked = false;
                flush();
            });
        }
    }

    /// Enciphers what waits, while there are so many bytes at least.
    private void encipherWaiting(int least) {
        ByteQueue queue = waiting;
        if (queue != null) {
            layer.encipher(queue.readable(), least);
            if (queue.isEmpty()) {
                waiting = null;
            }
        }
    }

    /// Sends what can be sent now, and closes what is to be closed then.
    void flush() {
        if (dead || flushing) {
            return;
        }
        flushing = true;
        try {
            if (!layer.busy()) {
                encipherWaiting(1);
                sendFile();
            }
            resumeProducer();
            endIfDue();
        } finally {
            flushing = false;
        }
    }

    @Override
    public long unsentBytes() {
        return waits() + (file == null ? 0 : file.left()) + below().unsentBytes();
    }

    /// What another layer above wants to write yet comes before ours is enciphered.
    @Override
    public void beforeSending(Runnable step) {
        below().beforeSending(() -> {
            if (!dead) {
                step.run();
                flush();
            }
        });
    }

    // A file

    @Override
    public Deferred<Long> sendFile(FileChannel channel, long position, long count) {
        if (producer != null || file != null) {
            throw new IllegalStateException(
                    "sendFile while a producer is registered or another file is being sent; wait for its end");
        }
        if (!mayWrite()) {
            return Deferred.fail(new ConnectionLost("sendFile on a connection that is closed"));
        }
        if (!layer.busy()) {
            encipherWaiting(1);
        }
        var sending = new OutboundFile(channel, position, count);
        file = sending;
        produce();
        sendFile();
        return sending.sent();
    }

    private void sendFile() {
        if (sendingFile) {
            return; // a callback of the file before has begun this one
        }
        sendingFile = true;
        try {
            while (file != null && !pausedBelow && !layer.busy() && !dead) {
                sendPiece(file);
            }
        } finally {
            sendingFile = false;
        }
    }

    private void sendPiece(OutboundFile sending) {
        try {
            if (sending.left() > 0) {
                layer.encipher(sending.read(), 1);
            }
        } catch (IOException broken) {
            file = null;
            Failure reason = OutboundFile.broken(broken);
            layer.ending().abort(reason);
            sending.end(reason);
            return;
        }
        if (sending.left() == 0 && file == sending) {
            file = null;
            waiting = behindFile;
            behindFile = null;
            stopProducing(producer);
            sending.end(null);
            flushLater();
        }
    }

    // Closing

    @Override
    public void loseConnection() {
        if (closing || dead) {
            return;
        }
        closing = true;
        if (!layer.handshakeDone() && waits() == 0 && producer == null && file == null) {
            abortConnection(); // TLS-9
            return;
        }
        layer.reading().forget();
        flush();
    }

    @Override
    public void loseWriteConnection() {
        if (!writeClosing && !closing && !dead) {
            writeClosing = true;
            flushAsked = true;
            below().beforeSending(() -> {
                flushAsked = false;
                flush();
            });
        }
    }

    @Override
    public void abortConnection() {
        if (!dead) {
            layer.ending().abort(null);
        }
    }

    private void endIfDue() {
        boolean due = (closing || writeClosing) && !ended && !dead;
        if (due && producer == null && file == null && waits() == 0 && !layer.busy()) {
            ended = true;
            layer.ending().endOutput();
        }
    }

    /// Whether [#loseConnection] was called.
    boolean closing() {
        return closing;
    }

    /// Whether our `close_notify` is on its way.
    boolean ended() {
        return ended;
    }

    /// The engine takes nothing more.
    void end() {
        ended = true;
        waiting = null;
        behindFile = null;
    }

    /// Nothing more is sent: the connection is doomed.
    void die() {
        dead = true;
        waiting = null;
        behindFile = null;
        stopProducing(null);
    }

    /// The connection is lost: whoever produced for it is told (PRO-7).
    void lost(Failure reason) {
        producing = false;
        die();
        OutboundFile unsent = file;
        Producer orphan = producer;
        file = null;
        producer = null;
        try {
            if (unsent != null) {
                unsent.end(reason);
            }
        } finally {
            if (orphan != null) {
                orphan.stopProducing();
            }
        }
    }

    @Override
    public boolean disconnecting() {
        return closing && below().connected();
    }

    // As a consumer

    @Override
    public void registerProducer(Producer registered) {
        if (producer != null) {
            throw new IllegalStateException("cannot register the producer " + registered + ": " + producer
                    + " is registered and was never unregistered");
        }
        if (dead || ended || !below().connected()) {
            registered.stopProducing();
            return;
        }
        switch (registered) {
            case PushProducer push -> adopt(push, false);
            case PullProducer pull -> {
                var pushing = new PullToPush(pull, this, clock()); // TLS-13
                adopt(pushing, false);
                if (!producerPaused) {
                    pushing.startStreaming();
                }
            }
        }
    }

    /// Goes on with a producer of the transport below (TLS-8).
    void adopt(HandedProducer handed) {
        switch (handed.producer()) {
            case PushProducer push -> adopt(push, handed.paused());
            case PullProducer pull -> registerProducer(pull);
        }
    }

    private void adopt(PushProducer push, boolean paused) {
        producer = push;
        producerPaused = paused;
        produce();
        if (pausedBelow || waits() > TransportLimits.HIGH_WATER_BYTES) {
            pauseProducer();
        }
    }

    @Override
    public void unregisterProducer() {
        if (producer instanceof PullToPush pulled) {
            pulled.stopStreaming();
        }
        producer = null;
        producerPaused = false;
        if (!dead) {
            if (file == null) {
                stopProducing(null);
            }
            if (closing || writeClosing) {
                flushLater();
            }
        }
    }

    @Override
    public @Nullable HandedProducer takeProducer() {
        PushProducer taken = producer;
        boolean paused = producerPaused;
        unregisterProducer();
        return switch (taken) {
            case PullToPush pulled -> new HandedProducer(pulled.source(), false);
            case PushProducer push -> new HandedProducer(push, paused);
            case null -> null;
        };
    }

    private void pauseProducer() {
        if (producer != null && !producerPaused) {
            producerPaused = true;
            producer.pauseProducing();
        }
    }

    /// It goes on when nothing waits here any more, nor below.
    private void resumeProducer() {
        if (producer != null && producerPaused && !pausedBelow && waits() == 0 && file == null && !layer.busy()) {
            producerPaused = false;
            producer.resumeProducing();
        }
    }

    /// Has the transport below tell when it has enough.
    private void produce() {
        if (!producing) {
            producing = true;
            below().registerProducer(new Flow());
        }
    }

    private void stopProducing(@Nullable Producer unless) {
        if (producing && unless == null) {
            producing = false;
            pausedBelow = false;
            below().unregisterProducer();
        }
    }

    /// What the transport below takes the layer for.
    private final class Flow implements PushProducer {
        @Override
        public void pauseProducing() {
            pausedBelow = true;
            pauseProducer();
        }

        @Override
        public void resumeProducing() {
            pausedBelow = false;
            layer.guard(UpperSide.this::flush);
        }

        @Override
        public void stopProducing() {
            // The end of the connection is told in its own way.
        }
    }

    // As a producer of what the peer sends

    @Override
    public void pauseProducing() {
        layer.reading().pause();
    }

    @Override
    public void resumeProducing() {
        layer.reading().resume();
    }

    @Override
    public int unreadBytes() {
        return layer.reading().unreadBytes();
    }

    // With whom

    @Override
    public boolean handshakeDone() {
        return layer.handshakeDone();
    }

    @Override
    public boolean admits(String host) {
        return layer.admits(host);
    }

    @Override
    public TlsSession session() {
        return layer.session();
    }

    @Override
    public Deferred<TlsSession> handshake() {
        return layer.whenHandshakeDone();
    }
}
