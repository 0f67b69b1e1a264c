package bowline.tls.jsse;

import bowline.tls.certificate.TlsIdentity;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The key manager that has one key, and knows before the first handshake that the key is good.
final class OneIdentity extends X509ExtendedKeyManager {

    private static final String ALIAS = "identity";

    private final TlsIdentity identity;
    private final String keyType;

    /// @throws GeneralSecurityException if the key and the certificate are not for each other, or not for TLS
    /// (TLS-15)
    OneIdentity(TlsIdentity identity) throws GeneralSecurityException {
        this.identity = identity;
        this.keyType = identity.key().getAlgorithm();
        checkPair(identity.key(), identity.certificate());
    }

    /// Signs something, and looks whether the certificate bears it out.
    private static void checkPair(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        PublicKey vouched = certificate.getPublicKey();
        if (!key.getAlgorithm().equals(vouched.getAlgorithm())) {
            throw new InvalidKeyException("the private key is for " + key.getAlgorithm() + ", the certificate of "
                    + certificate.getSubjectX500Principal() + " for " + vouched.getAlgorithm());
        }
        byte[] something = {'b', 'o', 'w', 'l', 'i', 'n', 'e'};
        Signature signature = signatureOf(key);
        signature.initSign(key);
        signature.update(something);
        byte[] signed = signature.sign();
        signature.initVerify(vouched);
        signature.update(something);
        if (!signature.verify(signed)) {
            throw new InvalidKeyException("the private key is not that of the certificate of "
                    + certificate.getSubjectX500Principal() + "; give the key that the certificate was made for");
        }
    }

    private static Signature signatureOf(PrivateKey key) throws GeneralSecurityException {
        return switch (key.getAlgorithm()) {
            case "EdDSA" -> Signature.getInstance("EdDSA");
            case "EC" -> Signature.getInstance("SHA256withECDSA");
            case "RSA" -> Signature.getInstance("SHA256withRSA");
            case "RSASSA-PSS" -> {
                Signature signature = Signature.getInstance("RSASSA-PSS");
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield signature;
            }
            default ->
                throw new InvalidKeyException(
                        "a key for " + key.getAlgorithm() + " is no good for TLS; it takes RSA, EC, Ed25519 or Ed448");
        };
    }

    /// Whether every signature of this key over the same bytes is the same, as are those of Ed25519 and Ed448 (RFC
    /// 8032).
    static boolean signsWithoutRandom(TlsIdentity identity) {
        return identity.key().getAlgorithm().equals("EdDSA");
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String wanted, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return wanted.equals(keyType) ? ALIAS : null;
    }

    /// Shows it to a server that can verify such a key, and that either names no authorities or one of the chain's.
    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] wanted, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return Arrays.asList(wanted).contains(keyType) && isIssuedByOneOf(issuers) ? ALIAS : null;
    }

    private boolean isIssuedByOneOf(Principal @Nullable [] issuers) {
        if (issuers == null || issuers.length == 0) {
            return true;
        }
        Set<Principal> accepted = Set.copyOf(Arrays.asList(issuers));
        return identity.chain().stream()
                .anyMatch(certificate -> accepted.contains(certificate.getIssuerX500Principal()));
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identity.key();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public String[] getServerAliases(String wanted, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String[] getClientAliases(String wanted, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseServerAlias(String wanted, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(wanted, issuers, null);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] wanted, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineClientAlias(wanted, issuers, null);
    }
}
