package bowline.tls.source;

import bowline.failure.Failure;
import bowline.tls.CertificateNames;
import bowline.tls.ServerIdentity;
import bowline.tls.certificate.PeerVerifier;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Looks at all files once, and makes what can be made of them; what cannot leaves the identity as it was before.
/// Runs on a thread of the pool, and touches nothing but its own.
final class Reading {
    /// What came of it.
    ///
    /// @param identities those that can serve now, by the names of their files
    /// @param broken the files that cannot be used as they are, by name
    /// @param verifiers who judges clients, by the fingerprint of whom they believe
    /// @param found how many there are, with those that are too many
    /// @param remarks on what is new and odd, for the log
    record Result(
            Map<String, LoadedIdentity> identities,
            Map<String, Broken> broken,
            Map<String, PeerVerifier> verifiers,
            int found,
            List<String> remarks) {
        static final Result NOTHING = new Result(Map.of(), Map.of(), Map.of(), 0, List.of());
    }

    /// Files that cannot be used.
    ///
    /// @param fingerprint of what is in them; empty if they cannot be read
    /// @param message which, why, what to do
    record Broken(String fingerprint, String message) {
        /// Whether it is the same trouble as another one; messages may tell times that go on.
        boolean isAs(@Nullable Broken other) {
            return other != null && fingerprint.equals(other.fingerprint);
        }
    }

    private final FolderOptions options;
    private final IdentityLoader loader;
    private final Instant now;
    private final Result former;

    private final Map<String, LoadedIdentity> identities = new TreeMap<>();
    private final Map<String, Broken> broken = new TreeMap<>();
    private final Map<String, PeerVerifier> verifiers = new TreeMap<>();
    private final List<String> remarks = new ArrayList<>();

    /// @param former what came of the last one
    Reading(FolderOptions options, IdentityLoader loader, Instant now, Result former) {
        this.options = options;
        this.loader = loader;
        this.now = now;
        this.former = former;
    }

    /// @throws IOException if nobody can tell which files there are
    Result read(IdentityFinder finder) throws IOException {
        List<IdentityFiles> found = finder.find();
        for (IdentityFiles files : found.subList(0, Math.min(found.size(), options.identitiesMax()))) {
            read(files);
        }
        return new Result(identities, broken, verifiers, found.size(), remarks);
    }

    private void read(IdentityFiles files) {
        String fingerprint = "";
        try {
            FileContents contents = FileContents.read(files, options.fileMaxBytes());
            fingerprint = contents.fingerprint();
            LoadedIdentity before = former.identities().get(files.name());
            boolean same = before != null && before.fingerprint().equals(fingerprint) && !stapleEnded(before);
            keep(same ? before : load(files, contents, fingerprint));
        } catch (IOException | GeneralSecurityException refused) {
            spoilt(files, new Broken(fingerprint, Failure.of(refused).message()));
        } catch (
                RuntimeException
                        strange) { // the JDK's readers of certificates throw some, on bytes that are odd enough
            spoilt(files, new Broken(fingerprint, files.chain() + ": " + strange));
        }
    }

    private boolean stapleEnded(LoadedIdentity identity) {
        return identity.stapleEnd() != null && !now.isBefore(identity.stapleEnd());
    }

    private void keep(@Nullable LoadedIdentity identity) {
        if (identity != null) {
            identities.put(identity.name(), identity);
            for (Map.Entry<String, PeerVerifier> each : former.verifiers().entrySet()) {
                if (each.getValue() == identity.server().clientVerifier()) {
                    verifiers.put(each.getKey(), each.getValue());
                }
            }
        }
    }

    private void spoilt(IdentityFiles files, Broken why) {
        broken.put(files.name(), why);
        keep(former.identities().get(files.name()));
    }

    // One that is new, or changed

    private LoadedIdentity load(IdentityFiles files, FileContents contents, String fingerprint)
            throws GeneralSecurityException {
        String source =
                files.key().equals(files.chain()) ? files.chain().toString() : files.chain() + " and " + files.key();
        TlsIdentity identity = loader.identity(source, contents.key(), contents.chain());
        Instant stapleEnd = stapleEnd(files, contents, identity);
        TlsIdentity shown =
                new TlsIdentity(identity.key(), identity.chain(), stapleEnd == null ? null : contents.staple());
        CertificateNames names = CertificateNames.of(identity.certificate());
        ServerIdentity server = server(files, contents, shown);
        remark(files, contents, names);
        return new LoadedIdentity(files.name(), fingerprint, server, names, stapleEnd);
    }

    private void remark(IdentityFiles files, FileContents contents, CertificateNames names) {
        if (names.hosts().isEmpty() && names.addresses().isEmpty()) {
            remarks.add(files.chain() + " is for nobody: it has no subjectAltName that is a host or an address");
        }
        if (contents.keyIsOpenToAll()) {
            remarks.add(
                    "the private key in " + files.key() + " may be read by everybody on this machine; chmod o-rwx it");
        }
    }

    private @Nullable Instant stapleEnd(IdentityFiles files, FileContents contents, TlsIdentity identity) {
        byte[] staple = contents.staple();
        if (staple == null) {
            return null;
        }
        try {
            return OcspStaple.end(staple, identity.certificate(), now);
        } catch (CertificateException useless) {
            remarks.add("the staple " + files.staple() + " is not shown: " + useless.getMessage());
            return null;
        }
    }

    private ServerIdentity server(IdentityFiles files, FileContents contents, TlsIdentity identity)
            throws GeneralSecurityException {
        byte[] authorities = contents.clients();
        if (authorities == null) {
            return ServerIdentity.of(identity);
        }
        return new ServerIdentity(
                identity,
                files.clientsRequired() ? ClientCertificates.REQUIRED : ClientCertificates.WANTED,
                verifier(String.valueOf(files.clients()), authorities));
    }

    /// The same for the same authorities, so that two who believe the same demand the same.
    private PeerVerifier verifier(String source, byte[] authorities) throws GeneralSecurityException {
        String fingerprint = FileContents.fingerprint(authorities);
        PeerVerifier known =
                verifiers.getOrDefault(fingerprint, former.verifiers().get(fingerprint));
        PeerVerifier verifier = known == null ? loader.clients(source, authorities) : known;
        verifiers.put(fingerprint, verifier);
        return verifier;
    }
}
