package bowline.cred.ssh;

import bowline.bytes.Ascii;
import bowline.cred.AvatarId;
import bowline.cred.Credentials;
import bowline.cred.CredentialsChecker;
import bowline.cred.SlowWork;
import bowline.cred.UnauthorizedLogin;
import bowline.cred.UnhandledCredentials;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.machine.PeerViolation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Recognises users by keys that stand in a file in the form of `authorized_keys` (CRD-6). Files are read at each
/// login, for they are small and people expect a key that they took out to be out.
///
/// The signature is checked first, and for unknown users too, so that neither answer nor time tells who exists (S6).
public final class SshKeyChecker implements CredentialsChecker {
    private static final Logger log = Logger.of(SshKeyChecker.class);

    /// Largest file that is read.
    public static final int FILE_MAX_BYTES = 1 << 20;

    /// Where the keys of users are who cannot be: no name of a user has a space.
    private static final String NOBODY = "no such user";

    private static final int NAME_MAX_CHARS = 64;

    private final Path folder;
    private final SlowWork work;

    /// Many users, each with a file of that name in `folder`. A name that is no plain file name (G14) is nobody's.
    ///
    /// @param work where files are read and signatures verified
    public SshKeyChecker(Path folder, SlowWork work) {
        this.folder = folder;
        this.work = work;
    }

    private Path fileOf(String username) {
        return folder.resolve(isPlain(username) ? username : NOBODY);
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && name.length() <= NAME_MAX_CHARS
                && name.charAt(0) != '.'
                && name.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '.'
                                || c == '_'
                                || c == '-');
    }

    @Override
    public List<Class<? extends Credentials>> credentialInterfaces() {
        return List.of(PublicKeyCredentials.class);
    }

    /// Fails with [ValidPublicKey] for a good key without a signature.
    @Override
    public Deferred<AvatarId> requestAvatarId(Credentials credentials) {
        if (!(credentials instanceof PublicKeyCredentials given)) {
            return Deferred.fail(new UnhandledCredentials("not a kind that was registered"));
        }
        return work.run(() -> check(given));
    }

    /// Blocks.
    private AvatarId check(PublicKeyCredentials given) throws ValidPublicKey, UnauthorizedLogin {
        PublicKeyBlob key;
        try {
            key = PublicKeyBlob.parse(given.blob());
        } catch (PeerViolation unusable) {
            throw UnauthorizedLogin.of(given.username());
        }
        byte[] signature = given.signature();
        boolean signed = signature != null && key.verifies(given.algorithm(), given.signedData(), signature);
        boolean known = false;
        for (PublicKeyBlob each : keys(fileOf(given.username()))) {
            known |= each.isSame(key);
        }
        if (known && signature == null) {
            throw new ValidPublicKey("the key of " + Ascii.quote(given.username(), 40) + " would do");
        }
        if (!known || !signed) {
            throw UnauthorizedLogin.of(given.username());
        }
        return AvatarId.of(given.username());
    }

    private static List<PublicKeyBlob> keys(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(FILE_MAX_BYTES + 1);
            if (bytes.length > FILE_MAX_BYTES) {
                throw new IOException("it is larger than the limit FILE_MAX_BYTES, " + FILE_MAX_BYTES);
            }
            return AuthorizedKeys.parse(new String(bytes, StandardCharsets.UTF_8), file);
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (IOException unreadable) {
            log.failure("nobody can log in by keys: {file} cannot be read", Failure.of(unreadable), file);
            return List.of();
        }
    }
}
