package bowline.tls.endpoint;

import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.CertificateReader;
import bowline.tls.certificate.IdentityReader;
import bowline.tls.certificate.PrivateAuthority;
import bowline.tls.certificate.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/// Keys and certificates of an authority, in files.
final class TlsFiles {
    final PrivateAuthority authority;
    private final Path folder;

    TlsFiles(Path folder) {
        this.folder = folder;
        authority = new CertificateMaker(new SecureRandom(), Instant::now).authority("Tests");
    }

    /// The authority's certificate.
    Path roots() {
        return write("roots.pem", CertificateReader.pem(List.of(authority.certificate())));
    }

    /// Key and chain of a server, in `name`.
    Path server(String name, String... hosts) {
        return identity(name, authority.server(hosts));
    }

    /// Key and chain of a client.
    Path client(String name) {
        return identity(name + ".pem", authority.client(name));
    }

    Path identity(String name, TlsIdentity identity) {
        return write(name, IdentityReader.pem(identity));
    }

    Path write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return file;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    Path folder() {
        return folder;
    }
}
