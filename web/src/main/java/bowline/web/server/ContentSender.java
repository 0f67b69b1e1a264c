package bowline.web.server;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Consumer;
import bowline.protocol.Producer;
import bowline.protocol.Transport;
import bowline.web.http1.Http1Machine;
import bowline.web.message.HttpEvent;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Sends the content of one response, whose head is written, and tells when it is through.
final class ContentSender {

    /// How much of a file is given to the transport at once: so much must be taken in due time (G6).
    static final long SLICE_BYTES = 1 << 20;

    /// What becomes of it.
    interface Outcome {

        /// All of it is with the transport.
        void contentSent();

        /// The rest of it cannot be had.
        void contentFailed(Failure failure);
    }

    private final Http1Machine machine;
    private final CountedSink out;
    private final Transport transport;
    private final Outcome outcome;

    private Iterator<Content> parts = Collections.emptyIterator();
    private @Nullable FileChannel file;
    private long position;
    private long left;
    private boolean sliceUnderWay;
    private boolean pushing;

    ContentSender(Http1Machine machine, CountedSink out, Transport transport, Outcome outcome) {
        this.machine = machine;
        this.out = out;
        this.transport = transport;
        this.outcome = outcome;
    }

    void send(Content content) {
        switch (content) {
            case Content.Bytes bytes -> {
                sendBytes(bytes);
                outcome.contentSent();
            }
            case Content.FilePart part -> beginFile(part);
            case Content.Several several -> {
                parts = several.inOrder().iterator();
                sendParts();
            }
            case Content.Streamed(Content.Streamer streamer) -> stream(streamer);
        }
    }

    private void sendBytes(Content.Bytes bytes) {
        machine.send(new HttpEvent.Body(bytes.data().duplicate()), out);
    }

    private void sendParts() {
        while (parts.hasNext()) {
            switch (parts.next()) {
                case Content.Bytes bytes -> sendBytes(bytes);
                case Content.FilePart part -> {
                    beginFile(part);
                    return; // goes on from there
                }
                case Content.Several _, Content.Streamed _ -> throw new AssertionError("checked when it was made");
            }
        }
        outcome.contentSent();
    }

    private void beginFile(Content.FilePart part) {
        file = part.file();
        position = part.position();
        left = part.count();
        pushFile();
    }

    /// Hands over slices until one must be waited for.
    private void pushFile() {
        pushing = true;
        while (left > 0 && !sliceUnderWay && file != null) {
            long slice = Math.min(left, SLICE_BYTES);
            sliceUnderWay = true;
            machine.sentAside(slice);
            out.addAside(slice);
            transport.sendFile(file, position, slice).<@Nullable Void>addCallbacks(this::sliceSent, this::failed);
        }
        pushing = false;
        if (left == 0 && !sliceUnderWay) {
            sendParts();
        }
    }

    private @Nullable Void sliceSent(Long count) {
        sliceUnderWay = false;
        position += count;
        left -= count;
        if (!pushing) {
            pushFile();
        }
        return null;
    }

    private @Nullable Void failed(Failure failure) {
        outcome.contentFailed(failure);
        return null;
    }

    private void stream(Content.Streamer streamer) {
        var sink = new BodySink();
        Deferred.maybeDeferred(() -> streamer.stream(sink))
                .<@Nullable Void>addCallbacks(
                        _ -> {
                            sink.ended = true;
                            outcome.contentSent();
                            return null;
                        },
                        failure -> {
                            sink.ended = true;
                            return failed(failure);
                        });
    }

    /// Where a streamer writes: each piece becomes a piece of body, and the producer is the transport's.
    private final class BodySink implements Consumer {
        private boolean ended;

        @Override
        public void write(ByteBuffer bytes) {
            if (ended) {
                throw new IllegalStateException("this body has ended: a streamer writes before its Deferred fires");
            }
            machine.send(new HttpEvent.Body(bytes), out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            write(ByteBuffer.wrap(bytes, offset, length));
        }

        @Override
        public void registerProducer(Producer producer) {
            transport.registerProducer(producer);
        }

        @Override
        public void unregisterProducer() {
            transport.unregisterProducer();
        }
    }
}
