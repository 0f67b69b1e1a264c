package bowline.tls.jsse;

import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/// The name of an authority, in the shape of a certificate: the JDK asks for certificates where it needs their
/// subjects, and we may know no more of an authority than its name. It has nothing but that.
final class AuthorityName extends X509Certificate {
    private static final long serialVersionUID = 1;

    private final transient X500Principal name;

    AuthorityName(X500Principal name) {
        this.name = name;
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return name;
    }

    @Override
    public String toString() {
        return name.toString();
    }

    private static UnsupportedOperationException nameOnly() {
        return new UnsupportedOperationException("only the name of this authority is known");
    }

    @Override
    public void checkValidity() {
        throw nameOnly();
    }

    @Override
    public void checkValidity(Date date) {
        throw nameOnly();
    }

    @Override
    public int getVersion() {
        throw nameOnly();
    }

    @Override
    public BigInteger getSerialNumber() {
        throw nameOnly();
    }

    @Override
    @SuppressWarnings("deprecation") // is abstract all the same
    public Principal getIssuerDN() {
        throw nameOnly();
    }

    @Override
    @SuppressWarnings("deprecation") // is abstract all the same
    public Principal getSubjectDN() {
        throw nameOnly();
    }

    @Override
    public Date getNotBefore() {
        throw nameOnly();
    }

    @Override
    public Date getNotAfter() {
        throw nameOnly();
    }

    @Override
    public byte[] getTBSCertificate() {
        throw nameOnly();
    }

    @Override
    public byte[] getSignature() {
        throw nameOnly();
    }

    @Override
    public String getSigAlgName() {
        throw nameOnly();
    }

    @Override
    public String getSigAlgOID() {
        throw nameOnly();
    }

    @Override
    public byte[] getSigAlgParams() {
        throw nameOnly();
    }

    @Override
    public boolean[] getIssuerUniqueID() {
        throw nameOnly();
    }

    @Override
    public boolean[] getSubjectUniqueID() {
        throw nameOnly();
    }

    @Override
    public boolean[] getKeyUsage() {
        throw nameOnly();
    }

    @Override
    public int getBasicConstraints() {
        throw nameOnly();
    }

    @Override
    public byte[] getEncoded() {
        throw nameOnly();
    }

    @Override
    public void verify(PublicKey key) {
        throw nameOnly();
    }

    @Override
    public void verify(PublicKey key, String provider) {
        throw nameOnly();
    }

    @Override
    public PublicKey getPublicKey() {
        throw nameOnly();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        throw nameOnly();
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        throw nameOnly();
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        throw nameOnly();
    }

    @Override
    public byte[] getExtensionValue(String oid) {
        throw nameOnly();
    }
}
