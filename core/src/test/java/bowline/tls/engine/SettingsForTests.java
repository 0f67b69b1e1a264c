package bowline.tls.engine;

import bowline.tls.certificate.PeerVerifier;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// Settings of a client and of a server that suit each other, to be changed here and there.
public final class SettingsForTests {

    /// How often a client's verifier has judged a server.
    public int serverVerdicts;

    /// How often a server's verifier has judged a client.
    public int clientVerdicts;

    /// The staple that the client's verifier was shown last.
    public byte @Nullable [] staple;

    private Versions versions = Versions.DEFAULT;
    private TlsIdentity identity = TestIdentities.ed25519();
    private @Nullable TlsIdentity clientIdentity;
    private ClientCertificates clientCertificates = ClientCertificates.NOT_ASKED;
    private List<String> clientProtocols = List.of();
    private List<String> serverProtocols = List.of();
    private List<X500Principal> acceptedIssuers = List.of();
    private boolean resumption;
    private boolean brokenVerifiers;
    private @Nullable KeyLog keyLog;
    private @Nullable SecureRandom random;
    private @Nullable CertificateException serverRefusal;
    private @Nullable CertificateException clientRefusal;

    /// Of both sides.
    public SettingsForTests versions(TlsVersion lowest, TlsVersion highest) {
        versions = new Versions(lowest, highest);
        return this;
    }

    SettingsForTests identity(TlsIdentity shown) {
        identity = shown;
        return this;
    }

    TlsIdentity identity() {
        return identity;
    }

    SettingsForTests clientIdentity(TlsIdentity shown) {
        clientIdentity = shown;
        return this;
    }

    SettingsForTests clientCertificates(ClientCertificates asked) {
        clientCertificates = asked;
        return this;
    }

    SettingsForTests acceptedIssuers(X500Principal... names) {
        acceptedIssuers = List.of(names);
        return this;
    }

    SettingsForTests applicationProtocols(String... both) {
        return clientProtocols(both).serverProtocols(both);
    }

    SettingsForTests clientProtocols(String... offered) {
        clientProtocols = List.of(offered);
        return this;
    }

    SettingsForTests serverProtocols(String... spoken) {
        serverProtocols = List.of(spoken);
        return this;
    }

    SettingsForTests resumption(boolean wanted) {
        resumption = wanted;
        return this;
    }

    SettingsForTests keyLog(KeyLog told) {
        keyLog = told;
        return this;
    }

    /// Of both sides.
    public SettingsForTests random(SecureRandom source) {
        random = source;
        return this;
    }

    SettingsForTests refuseServer(CertificateException verdict) {
        serverRefusal = verdict;
        return this;
    }

    SettingsForTests refuseClient(CertificateException verdict) {
        clientRefusal = verdict;
        return this;
    }

    SettingsForTests breakVerifiers() {
        brokenVerifiers = true;
        return this;
    }

    @Nullable
    CertificateException refusal() {
        return serverRefusal != null ? serverRefusal : clientRefusal;
    }

    /// The client's.
    public ClientSettings client() {
        return new ClientSettings(
                versions, new ServerVerdict(), clientIdentity, clientProtocols, resumption, keyLog, random);
    }

    /// The server's.
    public ServerSettings server() {
        return new ServerSettings(
                versions,
                identity,
                clientCertificates,
                clientCertificates == ClientCertificates.NOT_ASKED ? null : new ClientVerdict(),
                serverProtocols,
                resumption,
                keyLog,
                random);
    }

    private void judge(List<X509Certificate> chain, @Nullable CertificateException refusal)
            throws CertificateException {
        if (brokenVerifiers) {
            throw new IllegalStateException("the verifier is broken");
        }
        if (refusal != null) {
            throw refusal;
        }
        if (!chain.getLast().equals(TestIdentities.authority())) {
            throw new CertificateException("the chain does not end with the authority of the tests");
        }
    }

    private final class ServerVerdict implements PeerVerifier {
        @Override
        public void verify(List<X509Certificate> chain, byte @Nullable [] shown) throws CertificateException {
            serverVerdicts++;
            staple = shown;
            judge(chain, serverRefusal);
        }

        @Override
        public List<X500Principal> acceptedIssuers() {
            return List.of();
        }
    }

    private final class ClientVerdict implements PeerVerifier {
        @Override
        public void verify(List<X509Certificate> chain, byte @Nullable [] shown) throws CertificateException {
            clientVerdicts++;
            judge(chain, clientRefusal);
        }

        @Override
        public List<X500Principal> acceptedIssuers() {
            return acceptedIssuers;
        }
    }
}
