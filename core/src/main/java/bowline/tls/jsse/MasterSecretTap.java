package bowline.tls.jsse;

import java.security.InvalidAlgorithmParameterException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KeyGenerator;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/// What makes the master secret of a TLS 1.2 session, as the owner has it, and shows it.
final class MasterSecretTap extends KeyGeneratorSpi {

    private final KeyGenerator owner;

    MasterSecretTap(KeyGenerator owner) {
        this.owner = owner;
    }

    @Override
    protected void engineInit(@Nullable SecureRandom random) {
        owner.init(random);
    }

    @Override
    protected void engineInit(AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidAlgorithmParameterException {
        owner.init(parameters, random);
    }

    @Override
    protected void engineInit(int bits, @Nullable SecureRandom random) {
        owner.init(bits, random);
    }

    @Override
    protected SecretKey engineGenerateKey() {
        SecretKey key = owner.generateKey();
        JsseEngine.secret("CLIENT_RANDOM", key);
        return key;
    }
}
