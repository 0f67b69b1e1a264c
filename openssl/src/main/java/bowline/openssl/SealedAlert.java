package bowline.openssl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The alert of a client of TLS 1.3 that refuses what the server has shown (RFC 8446 §6.2). The library would send
/// it in clear, as it takes a key for its side only when it answers; servers that keep to the RFC cannot read that.
///
/// The secret is known from the line for key logs. The alert is the first record that is made with it, and the last.
final class SealedAlert {
    /// How the line begins that has the secret, in hexadecimal digits at its end.
    static final String SECRET_LABEL = "CLIENT_HANDSHAKE_TRAFFIC_SECRET ";

    private static final byte ALERT = 21;
    private static final byte APPLICATION_DATA = 23;
    private static final byte FATAL = 2;
    private static final byte MAJOR_VERSION = 3;
    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private SealedAlert() {}

    /// The records to be sent: one for middle boxes (§D.4), and the alert.
    ///
    /// @param cipherSuite by its name in the RFC
    /// @param keyLogLine that has the secret
    static byte[] records(String cipherSuite, String keyLogLine, int alert) throws GeneralSecurityException {
        String hash = cipherSuite.endsWith("SHA384") ? "SHA384" : "SHA256";
        int keyBytes = cipherSuite.contains("AES_128") ? 16 : 32;
        byte[] secret = HexFormat.of().parseHex(keyLogLine, keyLogLine.lastIndexOf(' ') + 1, keyLogLine.length());
        byte[] key = derive(hash, secret, "key", keyBytes);
        // The number of the record would change the vector, and is 0.
        byte[] iv = derive(hash, secret, "iv", IV_BYTES);
        byte[] content = {FATAL, (byte) alert, ALERT};
        byte[] header = {APPLICATION_DATA, MAJOR_VERSION, MAJOR_VERSION, 0, (byte) (content.length + TAG_BYTES)};
        byte[] sealed = seal(cipherSuite.contains("CHACHA20"), key, iv, header, content);
        return ByteBuffer.allocate(6 + header.length + sealed.length)
                .put(new byte[] {Records.CHANGE_CIPHER_SPEC, MAJOR_VERSION, MAJOR_VERSION, 0, 1, 1})
                .put(header)
                .put(sealed)
                .array();
    }

    /// HKDF-Expand-Label without a context (§7.1).
    private static byte[] derive(String hash, byte[] secret, String label, int count) throws GeneralSecurityException {
        byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        byte[] info = ByteBuffer.allocate(name.length + 4)
                .putShort((short) count)
                .put((byte) name.length)
                .put(name)
                .put((byte) 0)
                .array();
        return KDF.getInstance("HKDF-" + hash)
                .deriveData(HKDFParameterSpec.expandOnly(new SecretKeySpec(secret, "Generic"), info, count));
    }

    private static byte[] seal(boolean chaCha, byte[] key, byte[] iv, byte[] header, byte[] content)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(chaCha ? "ChaCha20-Poly1305" : "AES/GCM/NoPadding");
        AlgorithmParameterSpec vector =
                chaCha ? new IvParameterSpec(iv) : new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv);
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, chaCha ? "ChaCha20" : "AES"), vector);
        cipher.updateAAD(header);
        return cipher.doFinal(content);
    }
}
