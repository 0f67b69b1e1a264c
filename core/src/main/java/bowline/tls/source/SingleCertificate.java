package bowline.tls.source;

import bowline.defer.Deferred;
import bowline.log.Logger;
import bowline.reactor.SeededReactor;
import bowline.time.Clock;
import bowline.tls.CertificateNames;
import bowline.tls.CertificateSource;
import bowline.tls.ServerIdentity;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.CertificateWords;
import bowline.tls.certificate.KeyKind;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.hello.ClientHello;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;

/// One identity for all clients, whomever they ask for. Immutable and safe for any thread.
///
/// @param server what connections are answered with
public record SingleCertificate(ServerIdentity server) implements CertificateSource {
    private static final Logger log = Logger.of(SingleCertificate.class);

    /// One that demands nothing of clients.
    public static SingleCertificate of(TlsIdentity identity) {
        return new SingleCertificate(ServerIdentity.of(identity));
    }

    /// One that is made now, that nobody vouches for, and that is gone with the process: for trying things. The
    /// log tells its fingerprint, by which people can recognize it.
    ///
    /// @param clock from when it is good; for 397 days
    /// @param random decides the key; on a simulated reactor the seed does, and the key is for Ed25519, with which
    /// a simulation can be repeated
    /// @param names whom it is for: hosts and addresses, one at least
    /// @throws IllegalArgumentException if one cannot be a name, or there is none
    public static SingleCertificate selfSigned(Clock clock, SecureRandom random, List<String> names) {
        TlsIdentity made = maker(clock, random).selfSigned(names.toArray(String[]::new));
        log.warn(
                "a certificate for {names} was made that nobody vouches for, so clients cannot know that it is ours; its SHA-256"
                        + " is {fingerprint}",
                CertificateNames.of(made.certificate()),
                CertificateWords.fingerprint(made.certificate()));
        return of(made);
    }

    private static CertificateMaker maker(Clock clock, SecureRandom random) {
        return clock instanceof SeededReactor simulated
                ? new CertificateMaker(simulated.program().random(), clock::now).keys(KeyKind.ED25519)
                : new CertificateMaker(random, clock::now);
    }

    @Override
    public Deferred<ServerIdentity> identity(ClientHello hello) {
        return Deferred.succeed(server);
    }

    @Override
    public boolean admits(ServerIdentity shown, String host) {
        return true;
    }

    /// `the certificate for localhost, 127.0.0.1`, and its fingerprint if nobody vouches for it.
    @Override
    public String toString() {
        X509Certificate certificate = server.identity().certificate();
        return "the certificate for " + CertificateNames.of(certificate)
                + (CertificateWords.isSelfIssued(certificate)
                        ? ", which nobody vouches for, SHA-256 " + CertificateWords.fingerprint(certificate)
                        : "");
    }
}
