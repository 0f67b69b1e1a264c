package bowline.openssl;

import bowline.openssl.library.Der;
import bowline.openssl.library.Libcrypto;
import bowline.openssl.library.Libssl;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.TlsVersion;
import bowline.tls.engine.Versions;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// Makes an `SSL_CTX` by our policy (TLS-3 of the security rules): TLS 1.2 with ECDHE and AEAD, TLS 1.3, X25519
/// first, no compression, renegotiation or early data. What the system's `openssl.cnf` says about these is
/// overruled.
///
/// Whoever does not come to an end with it closes it, which frees what was made.
final class ContextMaker implements AutoCloseable {
    /// Most bytes of certificates that a peer may show.
    static final int PEER_CERTIFICATES_MAX_BYTES = 64 * 1024;

    private static final String CIPHER_SUITES_1_3 =
            "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
    private static final String CIPHER_SUITES_1_2 = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
            + "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
            + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
    private static final String GROUPS = "X25519:P-256:P-384:P-521";
    private static final String SIGNATURE_SCHEMES = "ecdsa_secp256r1_sha256:ed25519:rsa_pss_rsae_sha256:"
            + "ecdsa_secp384r1_sha384:ecdsa_secp521r1_sha512:ed448:rsa_pss_rsae_sha384:rsa_pss_rsae_sha512:"
            + "rsa_pss_pss_sha256:rsa_pss_pss_sha384:rsa_pss_pss_sha512:"
            + "rsa_pkcs1_sha256:rsa_pkcs1_sha384:rsa_pkcs1_sha512";

    private static final Set<String> KEY_ALGORITHMS = Set.of("EC", "RSA", "RSASSA-PSS", "EdDSA", "Ed25519", "Ed448");

    /// 112 bits: no RSA under 2048 bits, no SHA-1.
    private static final int SECURITY_LEVEL = 2;

    private static final long NULL = 0;
    private static final int OK = 1;

    private static final int SSL_CTRL_MODE = 33;
    private static final int SSL_CTRL_SET_SESS_CACHE_MODE = 44;
    private static final int SSL_CTRL_SET_MAX_CERT_LIST = 51;
    private static final int SSL_CTRL_SET_SERVERNAME_CB = 53;
    private static final int SSL_CTRL_SET_STATUS_CB = 63;
    private static final int SSL_CTRL_SET_STATUS_TYPE = 65;
    private static final int SSL_CTRL_ADD_CHAIN_CERT = 89;
    private static final int SSL_CTRL_SET_GROUPS_LIST = 92;
    private static final int SSL_CTRL_SET_SIGALGS_LIST = 98;
    private static final int SSL_CTRL_SET_MIN_PROTO_VERSION = 123;
    private static final int SSL_CTRL_SET_MAX_PROTO_VERSION = 124;

    private static final long SSL_OP_LEGACY_SERVER_CONNECT = 1L << 2;
    private static final long SSL_OP_ALLOW_CLIENT_RENEGOTIATION = 1L << 8;
    private static final long SSL_OP_ALLOW_NO_DHE_KEX = 1L << 10;
    private static final long SSL_OP_NO_TICKET = 1L << 14;
    private static final long SSL_OP_NO_COMPRESSION = 1L << 17;
    private static final long SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION = 1L << 18;
    private static final long SSL_OP_CIPHER_SERVER_PREFERENCE = 1L << 22;
    private static final long SSL_OP_NO_VERSIONS = 0x1FL << 25; // SSL_OP_NO_TLSv1_2 and the like; we have limits
    private static final long SSL_OP_NO_RENEGOTIATION = 1L << 30;

    private static final long SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER = 0x02;
    private static final long SSL_MODE_NO_AUTO_CHAIN = 0x08;
    private static final long SSL_MODE_RELEASE_BUFFERS = 0x10;

    private static final long SSL_SESS_CACHE_OFF = 0;
    /// The library tells of new sessions, and keeps none itself.
    private static final long SSL_SESS_CACHE_CLIENT_OUTSIDE = 0x0001 | 0x0300;

    private static final int TLSEXT_STATUSTYPE_OCSP = 1;
    private static final int SSL_VERIFY_NONE = 0;
    private static final int SSL_VERIFY_PEER = 1;
    private static final int SSL_VERIFY_FAIL_IF_NO_PEER_CERT = 2;

    private long handle;

    private ContextMaker(long method) throws GeneralSecurityException {
        ErrorQueue.clear();
        handle = Libssl.newContext(method);
        check(handle != NULL, "OpenSSL makes no context");
    }

    static ContextMaker client(Versions versions) throws GeneralSecurityException {
        return new ContextMaker(Libssl.clientMethod()).policy(versions);
    }

    static ContextMaker server(Versions versions) throws GeneralSecurityException {
        ContextMaker made = new ContextMaker(Libssl.serverMethod()).policy(versions);
        Libssl.setOptions(made.handle, SSL_OP_CIPHER_SERVER_PREFERENCE);
        // A name that was not answered is not kept with the session.
        Libssl.setContextCallback(made.handle, SSL_CTRL_SET_SERVERNAME_CB, Upcalls.SERVER_NAMED);
        return made;
    }

    /// The library has one generator for the whole process.
    static void refuse(@Nullable SecureRandom random) throws GeneralSecurityException {
        if (random != null) {
            throw new InvalidAlgorithmParameterException(
                    "OpenSSL takes random bits from a generator of the whole process, and"
                            + " cannot be given one; what must be repeatable, as a simulation, takes the provider jsse");
        }
    }

    private ContextMaker policy(Versions versions) throws GeneralSecurityException {
        try {
            Libssl.setSecurityLevel(handle, SECURITY_LEVEL);
            Libssl.clearOptions(
                    handle,
                    SSL_OP_LEGACY_SERVER_CONNECT
                            | SSL_OP_ALLOW_CLIENT_RENEGOTIATION
                            | SSL_OP_ALLOW_NO_DHE_KEX
                            | SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION
                            | SSL_OP_NO_VERSIONS);
            Libssl.setOptions(handle, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
            long modes = SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_NO_AUTO_CHAIN | SSL_MODE_RELEASE_BUFFERS;
            control(SSL_CTRL_MODE, modes);
            control(SSL_CTRL_SET_MAX_CERT_LIST, PEER_CERTIFICATES_MAX_BYTES);
            check(
                    control(SSL_CTRL_SET_MIN_PROTO_VERSION, number(versions.lowest())) == OK
                            && control(SSL_CTRL_SET_MAX_PROTO_VERSION, number(versions.highest())) == OK,
                    "OpenSSL does not speak " + versions.lowest().standardName() + " to "
                            + versions.highest().standardName());
            text(CIPHER_SUITES_1_3, at -> Libssl.setCipherSuites(handle, at), "cipher suites");
            text(CIPHER_SUITES_1_2, at -> Libssl.setCipherList(handle, at), "cipher suites");
            text(GROUPS, at -> Libssl.controlContext(handle, SSL_CTRL_SET_GROUPS_LIST, 0, at), "groups");
            text(
                    SIGNATURE_SCHEMES,
                    at -> Libssl.controlContext(handle, SSL_CTRL_SET_SIGALGS_LIST, 0, at),
                    "signatures");
            Libssl.setInfoCallback(handle, Upcalls.TOLD);
            return this;
        } catch (GeneralSecurityException refused) {
            close();
            throw refused;
        }
    }

    private static int number(TlsVersion version) {
        return switch (version) {
            case TLS_1_2 -> 0x0303;
            case TLS_1_3 -> 0x0304;
        };
    }

    private long control(int command, long number) {
        return Libssl.controlContext(handle, command, number, NULL);
    }

    private static void text(String text, Setting setting, String what) throws GeneralSecurityException {
        try (Arena arena = Arena.ofConfined()) {
            check(setting.set(arena.allocateFrom(text).address()) == OK, "OpenSSL refuses the " + what + " " + text);
        }
    }

    private interface Setting {
        long set(long at);
    }

    private static void check(boolean done, String otherwise) throws GeneralSecurityException {
        if (!done) {
            throw new GeneralSecurityException(otherwise + ": " + ErrorQueue.words());
        }
    }

    /// Key and chain.
    ContextMaker identity(TlsIdentity identity) throws GeneralSecurityException {
        String whose = identity.certificate().getSubjectX500Principal().toString();
        List<X509Certificate> chain = identity.chain();
        useCertificate(
                chain.getFirst(),
                certificate -> check(
                        Libssl.useCertificate(handle, certificate) == OK,
                        "OpenSSL refuses the certificate of " + whose));
        for (X509Certificate above : chain.subList(1, chain.size())) {
            useCertificate(
                    above,
                    certificate -> check(
                            Libssl.controlContext(handle, SSL_CTRL_ADD_CHAIN_CERT, 1, certificate) == OK,
                            "OpenSSL refuses the certificate of " + above.getSubjectX500Principal()
                                    + " in the chain of " + whose));
        }
        useKey(identity.key(), whose);
        return this;
    }

    /// As a client, the engine decides when it is asked.
    ContextMaker certificateShownWhenAsked() {
        Libssl.setCertificateCallback(handle, Upcalls.CERTIFICATE_ASKED, NULL);
        return this;
    }

    private static void useCertificate(X509Certificate ours, CertificateUse use) throws GeneralSecurityException {
        long certificate = Der.certificate(ours.getEncoded());
        if (certificate == NULL) {
            throw new CertificateException("OpenSSL cannot read the certificate of " + ours.getSubjectX500Principal()
                    + ": " + ErrorQueue.words());
        }
        try {
            use.use(certificate);
        } finally {
            Libcrypto.freeCertificate(certificate);
        }
    }

    private interface CertificateUse {
        void use(long certificate) throws GeneralSecurityException;
    }

    private void useKey(PrivateKey ours, String whose) throws GeneralSecurityException {
        byte[] encoded = exported(ours, whose);
        long key = Der.key(encoded);
        Arrays.fill(encoded, (byte) 0);
        if (key == NULL) {
            throw new InvalidKeyException(
                    "OpenSSL cannot read the private key of " + whose + ": " + ErrorQueue.words());
        }
        try {
            if (Libssl.useKey(handle, key) != OK || Libssl.checkKey(handle) != OK) {
                throw new InvalidKeyException("the private key of " + whose
                        + " and its certificate cannot be used together: " + ErrorQueue.words());
            }
        } finally {
            Libcrypto.freeKey(key);
        }
        ErrorQueue.clear();
    }

    private static byte[] exported(PrivateKey key, String whose) throws InvalidKeyException {
        if (!KEY_ALGORITHMS.contains(key.getAlgorithm())) {
            throw new InvalidKeyException("the private key of " + whose + " is one of " + key.getAlgorithm()
                    + ", with which no TLS is spoken; take one of EC, RSA or Ed25519");
        }
        byte[] encoded = "PKCS#8".equals(key.getFormat()) ? key.getEncoded() : null;
        if (encoded == null) {
            throw new InvalidKeyException(
                    "the private key of " + whose + " cannot be exported ("
                            + key.getClass().getName()
                            + "), and OpenSSL must have it; keys in hardware or in the system's keeping take the provider jsse");
        }
        return encoded;
    }

    /// What is offered, or chosen from.
    ContextMaker protocolsOffered(List<String> protocols) throws GeneralSecurityException {
        if (!protocols.isEmpty()) {
            byte[] list = protocolList(protocols);
            try (Arena arena = Arena.ofConfined()) {
                long at = arena.allocateFrom(ValueLayout.JAVA_BYTE, list).address();
                check(Libssl.setProtocols(handle, at, list.length) == 0, "OpenSSL refuses the protocols " + protocols);
            }
        }
        return this;
    }

    /// RFC 7301 §3.1: each with its length in front.
    private static byte[] protocolList(List<String> protocols) throws GeneralSecurityException {
        var list = new ByteArrayOutputStream();
        for (String protocol : protocols) {
            byte[] name = protocolName(protocol);
            list.write(name.length);
            list.writeBytes(name);
        }
        return list.toByteArray();
    }

    private static byte[] protocolName(String protocol) throws GeneralSecurityException {
        byte[] name = protocol.getBytes(StandardCharsets.ISO_8859_1);
        if (name.length == 0 || name.length > 0xFF) {
            throw new InvalidAlgorithmParameterException(
                    "an application protocol (ALPN) has a name of 1 to 255 bytes, not \"" + protocol + "\"");
        }
        return name;
    }

    ContextMaker protocolsChosen(List<String> protocols) throws GeneralSecurityException {
        for (String protocol : protocols) {
            protocolName(protocol);
        }
        if (!protocols.isEmpty()) {
            Libssl.setProtocolSelector(handle, Upcalls.SELECT_PROTOCOL, NULL);
        }
        return this;
    }

    /// Without a certificate of the peer's nothing goes on.
    ContextMaker peerCertificateRequired() {
        return peerCertificate(SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT);
    }

    /// One that the peer shows is judged.
    ContextMaker peerCertificateWanted() {
        return peerCertificate(SSL_VERIFY_PEER);
    }

    private ContextMaker peerCertificate(int mode) {
        Libssl.setVerifier(handle, Upcalls.CERTIFICATES_SHOWN, NULL);
        Libssl.setVerify(handle, mode, NULL);
        return this;
    }

    ContextMaker peerCertificateNotAsked() {
        Libssl.setVerify(handle, SSL_VERIFY_NONE, NULL);
        return this;
    }

    /// Whom clients may take a certificate of.
    ContextMaker acceptedIssuers(List<X500Principal> issuers) throws GeneralSecurityException {
        if (issuers.isEmpty()) {
            return this;
        }
        long names = Libcrypto.newStack();
        check(names != NULL, "OpenSSL has no memory");
        Libssl.setAcceptedIssuers(handle, names);
        for (X500Principal issuer : issuers) {
            long name = Der.name(issuer.getEncoded());
            check(name != NULL, "OpenSSL cannot read the name " + issuer);
            Libcrypto.push(names, name);
        }
        return this;
    }

    /// As a client: ask for the server's. As a server: be asked for ours.
    ContextMaker stapleAskedFor() {
        control(SSL_CTRL_SET_STATUS_TYPE, TLSEXT_STATUSTYPE_OCSP);
        return stapleShown();
    }

    ContextMaker stapleShown() {
        Libssl.setContextCallback(handle, SSL_CTRL_SET_STATUS_CB, Upcalls.STAPLE);
        return this;
    }

    /// The engine is told of secrets as they are made.
    ContextMaker secretsTold() {
        Libssl.setKeyLog(handle, Upcalls.KEY_LINE);
        return this;
    }

    ContextMaker noResumption() {
        Libssl.setOptions(handle, SSL_OP_NO_TICKET);
        Libssl.setTicketCount(handle, 0);
        control(SSL_CTRL_SET_SESS_CACHE_MODE, SSL_SESS_CACHE_OFF);
        return this;
    }

    /// As a client.
    ContextMaker sessionsKept() {
        control(SSL_CTRL_SET_SESS_CACHE_MODE, SSL_SESS_CACHE_CLIENT_OUTSIDE);
        Libssl.setNewSessionCallback(handle, Upcalls.NEW_SESSION);
        return this;
    }

    /// As a server: everything is in the ticket, and nothing is kept here.
    ///
    /// @param owner what sessions of other contexts differ by
    ContextMaker ticketsGiven(byte[] owner, long lifeSeconds) throws GeneralSecurityException {
        control(SSL_CTRL_SET_SESS_CACHE_MODE, SSL_SESS_CACHE_OFF);
        Libssl.setSessionTimeout(handle, lifeSeconds);
        check(Libssl.setTicketKeyCallback(handle, Upcalls.TICKET_KEY) == OK, "OpenSSL takes no keys for tickets");
        try (Arena arena = Arena.ofConfined()) {
            long at = arena.allocateFrom(ValueLayout.JAVA_BYTE, owner).address();
            check(Libssl.setSessionIdContext(handle, at, owner.length) == OK, "OpenSSL refuses a name for sessions");
        }
        return this;
    }

    /// What was made, which is the caller's from now on.
    long made() {
        long made = handle;
        handle = NULL;
        return made;
    }

    @Override
    public void close() {
        if (handle != NULL) {
            Libssl.freeContext(handle);
            handle = NULL;
        }
        ErrorQueue.clear();
    }
}
