package bowline.tls.jsse;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import javax.crypto.KDF;
import javax.crypto.KDFParameters;
import javax.crypto.KeyGenerator;
import org.jspecify.annotations.Nullable;

/// Where the secrets of connections can be seen: the JDK's TLS has no key log, but derives its secrets by
/// algorithms that it asks the JVM for by name, and so gets ours, once somebody wants a key log. They pass all on
/// to the JDK's own, and show what comes back to the engine that this thread works for, if that has a log.
///
/// It is put in front of the JVM's other providers when the first key log is asked for, and stays: without a log of
/// its own a connection loses nothing by it but a look. A JDK that takes signed providers only does not use it.
final class KeyLogTap extends Provider {
    private static final long serialVersionUID = 1;

    private static final String NAME = "BowlineKeyLog";
    private static final List<String> KEY_DERIVATIONS = List.of("HKDF-SHA256", "HKDF-SHA384");

    /// Of TLS 1.2, with the extended master secret and without.
    private static final List<String> MASTER_SECRETS = List.of("SunTlsExtendedMasterSecret", "SunTls12MasterSecret");

    private static @Nullable String obstacle;
    private static boolean asked;

    private KeyLogTap() throws NoSuchAlgorithmException {
        super(NAME, "1", "shows the secrets of TLS to whoever keeps a key log");
        for (String algorithm : KEY_DERIVATIONS) {
            Provider owner = Security.getProvider(KDF.getInstance(algorithm).getProviderName());
            putService(new KeyDerivation(this, algorithm, owner));
        }
        for (String algorithm : MASTER_SECRETS) {
            Provider owner = KeyGenerator.getInstance(algorithm).getProvider();
            putService(new MasterSecret(this, algorithm, owner));
        }
    }

    /// Why there can be no key log here; null if there can. Asking puts it in place.
    static synchronized @Nullable String obstacle() {
        if (!asked) {
            obstacle = install();
            asked = true;
        }
        return obstacle;
    }

    private static @Nullable String install() {
        try {
            Security.insertProviderAt(new KeyLogTap(), 1);
            for (String algorithm : KEY_DERIVATIONS) {
                if (!KDF.getInstance(algorithm).getProviderName().equals(NAME)) {
                    return "this JDK does not let others derive keys for its TLS";
                }
            }
            return null;
        } catch (GeneralSecurityException missing) {
            return "this JDK derives the keys of its TLS in a way that is not known here: " + missing.getMessage();
        }
    }

    /// Makes a [HkdfTap].
    private static final class KeyDerivation extends Provider.Service {
        private final Provider owner;

        KeyDerivation(Provider tap, String algorithm, Provider owner) {
            super(tap, "KDF", algorithm, HkdfTap.class.getName(), null, null);
            this.owner = owner;
        }

        @Override
        public Object newInstance(@Nullable Object parameters) throws NoSuchAlgorithmException {
            try {
                return new HkdfTap((KDFParameters) parameters, KDF.getInstance(getAlgorithm(), owner));
            } catch (GeneralSecurityException refused) {
                throw new NoSuchAlgorithmException(refused);
            }
        }
    }

    /// Makes a [MasterSecretTap].
    private static final class MasterSecret extends Provider.Service {
        private final Provider owner;

        MasterSecret(Provider tap, String algorithm, Provider owner) {
            super(tap, "KeyGenerator", algorithm, MasterSecretTap.class.getName(), null, null);
            this.owner = owner;
        }

        @Override
        public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            return new MasterSecretTap(KeyGenerator.getInstance(getAlgorithm(), owner));
        }
    }
}
