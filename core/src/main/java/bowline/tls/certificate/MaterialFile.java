package bowline.tls.certificate;

import bowline.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// Files with keys and certificates in them.
final class MaterialFile {
    /// The largest that is read.
    static final int FILE_MAX_BYTES = 4 << 20;

    private static final Set<PosixFilePermission> FOR_ALL =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private MaterialFile() {}

    static byte[] read(Path file) throws UnusableMaterial {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(FILE_MAX_BYTES + 1);
            if (content.length > FILE_MAX_BYTES) {
                throw UnusableMaterial.of(
                        file.toString(),
                        "it is larger than " + FILE_MAX_BYTES + " bytes",
                        "is it the right file?",
                        null);
            }
            return content;
        } catch (NoSuchFileException missing) {
            throw UnusableMaterial.of(file.toString(), "there is no such file", "check the path", missing);
        } catch (IOException broken) {
            throw UnusableMaterial.of(
                    file.toString(),
                    "it cannot be read: " + Failure.of(broken).message(),
                    "check what it is and who may read it",
                    broken);
        }
    }

    /// Whether more people than its owner and their group may read or change it; false where files have no such
    /// rights.
    static boolean isOpenToAll(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(FOR_ALL::contains);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
