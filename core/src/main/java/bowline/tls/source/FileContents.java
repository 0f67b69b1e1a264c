package bowline.tls.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is in the files of one identity at a moment.
final class FileContents {
    private static final Set<PosixFilePermission> FOR_ALL =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final IdentityFiles files;
    private final byte[] key;
    private final byte[] chain;
    private final byte @Nullable [] staple;
    private final byte @Nullable [] clients;

    private FileContents(IdentityFiles files, int maxBytes) throws IOException {
        this.files = files;
        chain = read(files.chain(), maxBytes);
        key = files.key().equals(files.chain()) ? chain : read(files.key(), maxBytes);
        staple = readIfNamed(files.staple(), maxBytes);
        clients = readIfNamed(files.clients(), maxBytes);
    }

    /// Blocks.
    ///
    /// @throws IOException if one cannot be read or is too large; says which
    static FileContents read(IdentityFiles files, int maxBytes) throws IOException {
        return new FileContents(files, maxBytes);
    }

    private static byte @Nullable [] readIfNamed(@Nullable Path file, int maxBytes) throws IOException {
        return file == null ? null : read(file, maxBytes);
    }

    private static byte[] read(Path file, int maxBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(maxBytes + 1);
            if (content.length > maxBytes) {
                throw new IOException(
                        file + " has more than " + maxBytes + " bytes, as many as the limit fileMaxBytes allows");
            }
            return content;
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no " + file, missing);
        }
    }

    byte[] key() {
        return key;
    }

    byte[] chain() {
        return chain;
    }

    byte @Nullable [] staple() {
        return staple;
    }

    byte @Nullable [] clients() {
        return clients;
    }

    /// Whether everybody on the machine may read the key; false where files have no such rights.
    boolean keyIsOpenToAll() {
        try {
            return Files.getPosixFilePermissions(files.key()).stream().anyMatch(FOR_ALL::contains);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /// Of everything that an identity depends on.
    String fingerprint() {
        MessageDigest digest = sha256();
        digest.update((byte) (files.clientsRequired() ? 1 : 0));
        update(digest, key);
        update(digest, chain);
        update(digest, staple);
        update(digest, clients);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, byte @Nullable [] part) {
        int length = part == null ? -1 : part.length;
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        if (part != null) {
            digest.update(part);
        }
    }

    /// Of whom clients are to be vouched for by; the same wherever it stands.
    static String fingerprint(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
