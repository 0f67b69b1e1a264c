package bowline.openssl;

import bowline.tls.certificate.PeerVerifier;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ClientSettings;
import bowline.tls.engine.KeyLog;
import bowline.tls.engine.ServerSettings;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import bowline.tls.engine.TestIdentities;
import bowline.tls.engine.TlsPair;
import bowline.tls.engine.TlsVersion;
import bowline.tls.engine.Versions;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// A client and a server that suit each other, to be changed before they are used.
final class Setup {
    static final String PEER = "server.test:443";

    Versions versions = Versions.DEFAULT;
    TlsIdentity identity = TestIdentities.ec();

    @Nullable
    TlsIdentity clientIdentity;

    ClientCertificates clientCertificates = ClientCertificates.NOT_ASKED;
    List<String> offered = List.of();
    List<String> spoken = List.of();
    boolean resumption;

    @Nullable
    KeyLog keyLog;

    @Nullable
    SecureRandom random;

    @Nullable
    Exception refusal;

    List<X500Principal> acceptedIssuers = List.of();

    /// The staples that the client's verifier was shown; an empty one stands for none.
    final List<byte[]> staples = Collections.synchronizedList(new ArrayList<>());

    private @Nullable OpensslClientContext client;
    private @Nullable OpensslServerContext server;

    static Setup with(TlsVersion version) {
        var setup = new Setup();
        setup.versions = new Versions(version, version);
        return setup;
    }

    OpensslClientContext client() throws Exception {
        OpensslClientContext made = client;
        if (made == null) {
            Openssl.provider();
            made = OpensslClientContext.of(clientSettings());
            client = made;
        }
        return made;
    }

    OpensslServerContext server() throws Exception {
        OpensslServerContext made = server;
        if (made == null) {
            Openssl.provider();
            made = OpensslServerContext.of(serverSettings());
            server = made;
        }
        return made;
    }

    ClientSettings clientSettings() {
        return new ClientSettings(versions, new Verdict(), clientIdentity, offered, resumption, keyLog, random);
    }

    ServerSettings serverSettings() {
        boolean asked = clientCertificates != ClientCertificates.NOT_ASKED;
        return new ServerSettings(
                versions,
                identity,
                clientCertificates,
                asked ? new Verdict() : null,
                spoken,
                resumption,
                keyLog,
                random);
    }

    OpensslEngine clientEngine() throws Exception {
        return (OpensslEngine) client().engine("server.test", PEER);
    }

    OpensslEngine serverEngine() throws Exception {
        return (OpensslEngine) server().engine();
    }

    TlsPair pair() throws Exception {
        return TlsPair.of(clientEngine(), serverEngine());
    }

    static OpensslEngine engine(bowline.tls.engine.TlsEnd end) {
        return (OpensslEngine) end.engine;
    }

    private final class Verdict implements PeerVerifier {
        @Override
        public void verify(List<X509Certificate> chain, byte @Nullable [] staple) throws CertificateException {
            staples.add(staple == null ? new byte[0] : staple);
            switch (refusal) {
                case null -> {}
                case CertificateException refused -> throw refused;
                case RuntimeException broken -> throw broken;
                default -> throw new AssertionError(refusal);
            }
        }

        @Override
        public List<X500Principal> acceptedIssuers() {
            return acceptedIssuers;
        }
    }
}
