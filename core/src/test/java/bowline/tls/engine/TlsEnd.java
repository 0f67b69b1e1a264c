package bowline.tls.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An engine as its driver sees it: the bytes that came and wait, what it has sent and understood, what went wrong.
public final class TlsEnd {
    /// The engine itself.
    public final TlsEngine engine;

    /// All that it has sent, a record or a few in each.
    public final List<byte[]> sent = new ArrayList<>();

    /// What has become plain text.
    public final ByteArrayOutputStream plain = new ByteArrayOutputStream();

    /// What its first call failed with.
    public @Nullable TlsFault fault;

    private byte[] incoming = new byte[0];
    private ByteBuffer room = ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES);
    private ByteBuffer records = ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES);
    private byte[] unsent = new byte[0];
    private boolean elsewhere;

    /// Drives this engine.
    public TlsEnd(TlsEngine engine) {
        this.engine = engine;
    }

    /// Does the work on other threads from now on, each on one of its own.
    void elsewhere() {
        elsewhere = true;
    }

    private void work() {
        if (!elsewhere) {
            engine.work().run();
            return;
        }
        try {
            Thread.ofPlatform().start(engine.work()).join();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /// Gives plain text into the buffers of the caller from now on, and makes records in them.
    TlsEnd with(ByteBuffer room, ByteBuffer records) {
        this.room = room;
        this.records = records;
        return this;
    }

    /// Bytes of the peer arrive.
    public void arrive(byte[] bytes, int from, int to) {
        int had = incoming.length;
        incoming = Arrays.copyOf(incoming, had + to - from);
        System.arraycopy(bytes, from, incoming, had, to - from);
    }

    /// Bytes of the peer arrive.
    public void arrive(byte[] bytes) {
        arrive(bytes, 0, bytes.length);
    }

    /// Sends this as soon as it may.
    public void write(byte[] bytes) {
        int had = unsent.length;
        unsent = Arrays.copyOf(unsent, had + bytes.length);
        System.arraycopy(bytes, 0, unsent, had, bytes.length);
    }

    /// Sends this text as soon as it may.
    public void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// What has become plain text, as text.
    public String text() {
        return plain.toString(StandardCharsets.UTF_8);
    }

    /// How many bytes it has sent.
    public int sentBytes() {
        return sent.stream().mapToInt(record -> record.length).sum();
    }

    /// Does what it needs, as far as it can without more bytes of the peer. What it has to send goes to `sent`.
    ///
    /// @return whether anything was done
    public boolean go() {
        boolean any = false;
        for (int turns = 0; step(); turns++) {
            any = true;
            if (turns > 100_000) {
                throw new AssertionError("an engine spins, needing " + engine.need());
            }
        }
        return any;
    }

    private boolean step() {
        return switch (engine.need()) {
            case WORK -> {
                work();
                yield true;
            }
            case OUTPUT -> {
                encipher();
                yield true;
            }
            case INPUT -> decipher();
            case NOTHING -> (unsent.length > 0 && encipher()) || decipher();
            case CLOSED -> false;
        };
    }

    private boolean encipher() {
        var text = ByteBuffer.wrap(unsent);
        int mark = records.position();
        try {
            engine.encipher(text, records);
        } catch (TlsFault wrong) {
            failed(wrong);
        }
        int wrote = records.position() - mark;
        if (wrote > 0) {
            var record = new byte[wrote];
            records.get(mark, record);
            sent.add(record);
        }
        records.position(mark);
        boolean took = text.position() > 0;
        unsent = Arrays.copyOfRange(unsent, text.position(), unsent.length);
        return wrote > 0 || took;
    }

    private boolean decipher() {
        var bytes = ByteBuffer.wrap(incoming);
        int mark = room.position();
        boolean taken;
        try {
            taken = engine.decipher(bytes, room);
        } catch (TlsFault wrong) {
            failed(wrong);
            taken = true;
        }
        var text = new byte[room.position() - mark];
        room.get(mark, text);
        plain.writeBytes(text);
        room.position(mark);
        incoming = Arrays.copyOfRange(incoming, bytes.position(), incoming.length);
        return taken;
    }

    private void failed(TlsFault wrong) {
        if (fault == null) {
            fault = wrong;
        }
    }

    /// What failed.
    public TlsFault fault() {
        TlsFault wrong = fault;
        if (wrong == null) {
            throw new AssertionError(
                    "nothing failed; it needs " + engine.need() + ", handshake done: " + engine.handshakeDone());
        }
        return wrong;
    }
}
