package bowline.tls;

import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ClientSettings;
import bowline.tls.engine.ServerSettings;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsFault;
import bowline.tls.engine.TlsProvider;
import bowline.tls.engine.TlsSession;
import bowline.tls.engine.TlsVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A client's engine that enciphers nothing, so that a test can be its peer, and does what no real one would do when
/// asked to. Each record's first byte says what it is: `H` ends the handshake, `D` has data behind it, `N` has nothing,
/// `W` asks for work, `R` for an answer, `F` is a fault, `C` closes.
final class PlainEngine implements TlsEngine {
    final List<String> calls = new ArrayList<>();
    private final Queue<String> output = new ArrayDeque<>(List.of("HELLO"));
    private boolean works;
    private boolean done;
    private boolean inputEnded;
    private boolean outputEnded;

    /// Everybody's engine is `engine`.
    static TlsProvider provider(PlainEngine engine) {
        return new TlsProvider() {
            @Override
            public String name() {
                return "plain";
            }

            @Override
            public @Nullable String whyNot() {
                return null;
            }

            @Override
            public @Nullable String whyNotDeterministic(@Nullable TlsIdentity identity, boolean resumption) {
                return null;
            }

            @Override
            public ClientContext client(ClientSettings settings) {
                return new ClientContext() {
                    @Override
                    public TlsEngine engine(@Nullable String serverName, String peer) {
                        engine.calls.add("for " + serverName + " at " + peer);
                        return engine;
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public ServerContext server(ServerSettings settings) {
                throw new UnsupportedOperationException();
            }
        };
    }

    /// A record as its peer sends it.
    static byte[] record(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(5 + bytes.length)
                .put((byte) 23)
                .putShort((short) 0x0303)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }

    @Override
    public Need need() {
        if (works) {
            return Need.WORK;
        }
        if (!output.isEmpty()) {
            return Need.OUTPUT;
        }
        if (inputEnded && outputEnded) {
            return Need.CLOSED;
        }
        return done ? Need.NOTHING : Need.INPUT;
    }

    @Override
    public Runnable work() {
        return () -> {
            calls.add("work at " + PresentTime.now());
            works = false;
        };
    }

    @Override
    public boolean decipher(ByteBuffer records, ByteBuffer plain) throws TlsFault {
        if (works) {
            throw new AssertionError("asked to decipher while it has work to do");
        }
        records.position(5);
        switch (records.get()) {
            case 'H' -> done = true;
            case 'D' -> plain.put(records);
            case 'N' -> {}
            case 'W' -> works = true;
            case 'R' -> output.add("ANSWER");
            case 'C' -> inputEnded = true;
            default -> {
                output.add("ALERT");
                throw new TlsFault("the peer is at fault", "decode_error", null);
            }
        }
        records.position(records.limit());
        return true;
    }

    @Override
    public void encipher(ByteBuffer plain, ByteBuffer records) {
        if (works) {
            throw new AssertionError("asked to encipher while it has work to do");
        }
        String waiting = output.poll();
        if (waiting != null) {
            records.put(record(waiting));
        } else if (!outputEnded) {
            byte[] taken = new byte[Math.min(plain.remaining(), RECORD_MAX_BYTES)];
            plain.get(taken);
            records.put(record(new String(taken, StandardCharsets.ISO_8859_1)));
        }
    }

    @Override
    public boolean handshakeDone() {
        return done;
    }

    @Override
    public TlsSession session() {
        return new TlsSession("plain", TlsVersion.TLS_1_3, "none", null, null, false, List.of(), List.of());
    }

    @Override
    public void endOutput() {
        outputEnded = true;
        output.add("CLOSE");
    }

    @Override
    public boolean inputEnded() {
        return inputEnded;
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
