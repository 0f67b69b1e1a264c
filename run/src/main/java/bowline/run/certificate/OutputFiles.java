package bowline.run.certificate;

import bowline.tls.certificate.CertificateReader;
import bowline.tls.certificate.IdentityReader;
import bowline.tls.certificate.TlsIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The two files of what was made: the chain for everybody, the key for its owner alone. They are whole or not
/// there: each is written beside its place and moved to it.
///
/// @param prefix where they are, without `.pem` and `.key`
/// @param over whether files that are there already give way
record OutputFiles(Path prefix, boolean over) {
    private static final FileAttribute<?>[] FOR_OWNER = attributes("rw-------");
    private static final FileAttribute<?>[] FOR_ALL = attributes("rw-r--r--");

    private static FileAttribute<?>[] attributes(String mode) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    static Path certificate(Path prefix) {
        return withEnding(prefix, ".pem");
    }

    static Path key(Path prefix) {
        return withEnding(prefix, ".key");
    }

    private static Path withEnding(Path prefix, String ending) {
        return prefix.resolveSibling(prefix.getFileName() + ending);
    }

    /// Nothing must be in the way: looked at before a key is made, which takes time.
    void checkFree() throws FileAlreadyExistsException {
        for (Path file : new Path[] {certificate(prefix), key(prefix)}) {
            if (!over && Files.exists(file)) {
                throw new FileAlreadyExistsException(
                        file + " is there already; write elsewhere by --out, or over it by --force");
            }
        }
    }

    void write(TlsIdentity identity) throws IOException {
        write(key(prefix), IdentityReader.keyPem(identity), FOR_OWNER);
        write(certificate(prefix), CertificateReader.pem(identity.chain()), FOR_ALL);
    }

    private void write(Path file, String text, FileAttribute<?>[] mode) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        try {
            Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(beside, fresh, mode))) {
                out.write(text.getBytes(StandardCharsets.US_ASCII));
            }
            place(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /// A link is made only where nothing is, so that nobody's file is lost who came in between.
    private void place(Path beside, Path file) throws IOException {
        if (over) {
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        try {
            Files.createLink(file, beside);
        } catch (UnsupportedOperationException noLinksHere) {
            Files.move(beside, file);
        }
    }
}
