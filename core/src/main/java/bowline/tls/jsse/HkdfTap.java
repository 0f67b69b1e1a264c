package bowline.tls.jsse;

import java.nio.charset.StandardCharsets;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Map;
import javax.crypto.KDF;
import javax.crypto.KDFParameters;
import javax.crypto.KDFSpi;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/// HKDF, as the owner has it, that shows the secrets of TLS 1.3, which it knows by the label that goes into them
/// (RFC 8446 §7.1).
final class HkdfTap extends KDFSpi {

    private static final String PREFIX = "tls13 ";

    /// The labels of a key log (RFC 9850 §2) by those of the key schedule.
    private static final Map<String, String> LOGGED = Map.of(
            "c hs traffic", "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
            "s hs traffic", "SERVER_HANDSHAKE_TRAFFIC_SECRET",
            "c ap traffic", "CLIENT_TRAFFIC_SECRET_0",
            "s ap traffic", "SERVER_TRAFFIC_SECRET_0",
            "exp master", "EXPORTER_SECRET");

    private final KDF owner;

    HkdfTap(@Nullable KDFParameters parameters, KDF owner) throws InvalidAlgorithmParameterException {
        super(parameters);
        this.owner = owner;
    }

    @Override
    protected @Nullable KDFParameters engineGetParameters() {
        return owner.getParameters();
    }

    @Override
    protected SecretKey engineDeriveKey(String algorithm, AlgorithmParameterSpec how)
            throws InvalidAlgorithmParameterException, NoSuchAlgorithmException {
        SecretKey key = owner.deriveKey(algorithm, how);
        if (how instanceof HKDFParameterSpec.Expand expand) {
            show(expand.info(), key);
        }
        return key;
    }

    private static void show(byte @Nullable [] info, SecretKey key) {
        String label = info == null ? null : LOGGED.get(label(info));
        if (label != null) {
            JsseEngine.secret(label, key);
        }
    }

    /// What stands between `tls13 ` and the hash of the messages.
    private static String label(byte[] info) {
        if (info.length < 3 || info.length < 3 + info[2]) {
            return "";
        }
        String label = new String(info, 3, info[2], StandardCharsets.US_ASCII);
        return label.startsWith(PREFIX) ? label.substring(PREFIX.length()) : "";
    }

    @Override
    protected byte[] engineDeriveData(AlgorithmParameterSpec how) throws InvalidAlgorithmParameterException {
        return owner.deriveData(how);
    }
}
