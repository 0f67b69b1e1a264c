package bowline.tls.jsse;

import bowline.tls.engine.KeyLog;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKey;

/// Writes the lines of one connection into a key log: a label, the client's random, a secret (RFC 9850 §2). The
/// random it picks out of the ClientHello, which goes by first.
final class Secrets {

    private static final int RECORD_HEADER_BYTES = 5;

    /// The header of the handshake message and the legacy version, which stand before the random (RFC 8446 §4.1.2).
    private static final int BEFORE_RANDOM_BYTES = 6;

    private static final int RANDOM_BYTES = 32;

    private final KeyLog log;
    private final byte[] hello = new byte[BEFORE_RANDOM_BYTES + RANDOM_BYTES];
    private int helloBytes;

    Secrets(KeyLog log) {
        this.log = log;
    }

    /// Looks at what has just been sent or taken, which begins with the client's first message, in any number of
    /// records.
    ///
    /// @param records whole records stand between `from` and their position
    void see(ByteBuffer records, int from) {
        int at = from;
        while (helloBytes < hello.length && records.position() - at > RECORD_HEADER_BYTES) {
            int length = (records.get(at + 3) & 0xFF) << 8 | (records.get(at + 4) & 0xFF);
            at += RECORD_HEADER_BYTES;
            int wanted = Math.min(length, hello.length - helloBytes);
            records.get(at, hello, helloBytes, wanted);
            helloBytes += wanted;
            at += length;
        }
    }

    void tell(String label, SecretKey secret) {
        byte[] bytes = secret.getEncoded();
        if (bytes == null || helloBytes < hello.length) {
            return;
        }
        HexFormat hex = HexFormat.of();
        log.line(label + " " + hex.formatHex(hello, BEFORE_RANDOM_BYTES, hello.length) + " " + hex.formatHex(bytes));
        Arrays.fill(bytes, (byte) 0);
    }
}
