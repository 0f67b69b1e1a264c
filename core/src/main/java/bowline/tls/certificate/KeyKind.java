package bowline.tls.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.stream.Collectors;

/// The kinds of keys that are made here.
public enum KeyKind {
    /// Elliptic curve P-256: what every client knows, with the cheapest handshakes.
    EC_P256("ec-p256", "EC", new ECGenParameterSpec("secp256r1")),
    /// Elliptic curve P-384.
    EC_P384("ec-p384", "EC", new ECGenParameterSpec("secp384r1")),
    /// RSA of 2048 bits, for old clients.
    RSA_2048("rsa-2048", "RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)),
    /// RSA of 3072 bits.
    RSA_3072("rsa-3072", "RSA", new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4)),
    /// RSA of 4096 bits: it takes seconds to make, and each handshake is dear.
    RSA_4096("rsa-4096", "RSA", new RSAKeyGenParameterSpec(4096, RSAKeyGenParameterSpec.F4)),
    /// Ed25519: signatures need no random bits, so a simulation with it repeats byte for byte. Browsers refuse it.
    ED25519("ed25519", "Ed25519", NamedParameterSpec.ED25519);

    private final String title;
    private final String algorithm;

    @SuppressWarnings("ImmutableEnumChecker") // the JDK's specs do not change
    private final AlgorithmParameterSpec parameters;

    KeyKind(String title, String algorithm, AlgorithmParameterSpec parameters) {
        this.title = title;
        this.algorithm = algorithm;
        this.parameters = parameters;
    }

    /// Its name on a command line: `ec-p256`.
    public String title() {
        return title;
    }

    /// Whether making one takes seconds.
    public boolean isSlow() {
        return this == RSA_3072 || this == RSA_4096;
    }

    /// The kind of that title.
    ///
    /// @throws IllegalArgumentException if there is none
    public static KeyKind named(String title) {
        return Arrays.stream(values())
                .filter(kind -> kind.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no kind of key \"" + title + "\"; there are "
                        + Arrays.stream(values()).map(KeyKind::title).collect(Collectors.joining(", "))));
    }

    /// Makes a pair. RSA takes its time: up to seconds.
    ///
    /// @param random decides which
    public KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException lacking) {
            throw new IllegalStateException("this JDK makes no keys of the kind " + title, lacking);
        }
    }
}
