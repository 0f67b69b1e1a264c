package bowline.tls.endpoint;

import bowline.reactor.Reactor;
import bowline.tls.CertificateSource;
import bowline.tls.certificate.ClientVerifier;
import bowline.tls.certificate.PeerVerifier;
import bowline.tls.certificate.Purpose;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import bowline.tls.source.CertificateFolder;
import bowline.tls.source.FolderOptions;
import bowline.tls.source.PemFileSource;
import bowline.tls.source.SingleCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which certificates a description of a server names: a folder, files, or one that is made now.
///
/// @param source read and checked already
/// @param watch begins to look for changes of what it was read from
/// @param unwatch ends that
record ServerCertificates(CertificateSource source, Runnable watch, Runnable unwatch) {
    private static final List<String> EVERYBODY_HERE = List.of("localhost", "127.0.0.1", "::1");

    private static void nothingChanges() {}

    /// Of `certificates=`, `certificate=` and `key=`, or `self-signed=`.
    ///
    /// @throws IllegalArgumentException if there is not exactly one of them, or it cannot be used (TLS-15)
    static ServerCertificates of(TlsWords words, Reactor reactor) {
        List<String> given = Stream.of("certificates", "certificate", "self-signed")
                .filter(words.arguments()::has)
                .toList();
        if (given.size() != 1) {
            throw words.arguments()
                    .refusal((given.isEmpty()
                                    ? "it does not say who the server is"
                                    : "it has " + String.join("= and ", given) + "= at once")
                            + "; give one of certificates=FOLDER, certificate=FILE (with key=FILE, perhaps), or"
                            + " self-signed=NAME,NAME for trying things");
        }
        requireOnlyWith(words, given.getFirst());
        ServerCertificates found = switch (given.getFirst()) {
            case "certificates" -> folder(words, reactor);
            case "certificate" -> files(words, reactor);
            default -> selfSigned(words, reactor);
        };
        return found.demanding(words, reactor);
    }

    private static void requireOnlyWith(TlsWords words, String given) {
        requireOnlyWith(words, "default", "certificates", given);
        requireOnlyWith(words, "key", "certificate", given);
        requireOnlyWith(words, "passphraseFile", "certificate", given);
    }

    private static void requireOnlyWith(TlsWords words, String parameter, String its, String given) {
        if (words.arguments().textOrNull(parameter) != null && !its.equals(given)) {
            throw words.arguments().refusal(parameter + "= belongs to " + its + "=, not to " + given + "=");
        }
    }

    private static ServerCertificates folder(TlsWords words, Reactor reactor) {
        Path folder = words.pathOrNull("certificates");
        if (folder == null) {
            throw words.arguments().refusal("its certificates is empty; give a folder of PEM files");
        }
        FolderOptions options =
                FolderOptions.DEFAULT.defaultName(words.arguments().textOrNull("default"));
        try {
            CertificateFolder read = CertificateFolder.read(reactor, folder, options);
            return new ServerCertificates(read, read::watch, read::unwatch);
        } catch (IOException unusable) {
            throw words.refusal(unusable);
        }
    }

    private static ServerCertificates files(TlsWords words, Reactor reactor) {
        Path chain = words.pathOrNull("certificate");
        if (chain == null) {
            throw words.arguments().refusal("its certificate is empty; give a file in PEM");
        }
        Path key = words.pathOrNull("key");
        if (words.arguments().textOrNull("passphraseFile") != null) {
            List<Path> files = key == null ? List.of(chain) : List.of(chain, key);
            return fixed(words.identity(files, Purpose.SERVER, reactor::now));
        }
        try {
            PemFileSource read = PemFileSource.read(reactor, key == null ? chain : key, chain, FolderOptions.DEFAULT);
            return new ServerCertificates(read, read::watch, read::unwatch);
        } catch (IOException unusable) {
            throw words.refusal(unusable);
        }
    }

    private static ServerCertificates selfSigned(TlsWords words, Reactor reactor) {
        List<String> names = words.list("self-signed");
        try {
            return new ServerCertificates(
                    SingleCertificate.selfSigned(reactor, new SecureRandom(), names.isEmpty() ? EVERYBODY_HERE : names),
                    ServerCertificates::nothingChanges,
                    ServerCertificates::nothingChanges);
        } catch (IllegalArgumentException noName) {
            throw words.arguments().refusal(String.valueOf(noName.getMessage()));
        }
    }

    /// One that does not change.
    static ServerCertificates fixed(TlsIdentity identity) {
        return new ServerCertificates(
                SingleCertificate.of(identity), ServerCertificates::nothingChanges, ServerCertificates::nothingChanges);
    }

    /// The same with what `clients=` and `clientAuth=` demand.
    private ServerCertificates demanding(TlsWords words, Reactor reactor) {
        ClientCertificates demand = demand(words);
        String roots = words.arguments().textOrNull("clients");
        if (roots == null) {
            if (words.arguments().textOrNull("clientAuth") != null) {
                throw words.arguments()
                        .refusal(
                                "clientAuth= says nothing without clients=FILE, the authorities that vouch for clients");
            }
            return this;
        }
        PeerVerifier verifier = new ClientVerifier(words.roots("clients", roots), reactor::now);
        return new ServerCertificates(new DemandingSource(source, demand, verifier), watch, unwatch);
    }

    private static ClientCertificates demand(TlsWords words) {
        @Nullable String text = words.arguments().textOrNull("clientAuth");
        return switch (text) {
            case null -> ClientCertificates.REQUIRED;
            case "required" -> ClientCertificates.REQUIRED;
            case "wanted" -> ClientCertificates.WANTED;
            default ->
                throw words.arguments().refusal("its clientAuth \"" + text + "\" is neither required nor wanted");
        };
    }
}
