package bowline.cred;

import bowline.bytes.Ascii;
import bowline.cred.hash.PasswordHash;
import bowline.cred.hash.PlainPassword;
import bowline.cred.hash.ScramMechanism;
import bowline.cred.hash.ScramSecret;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Users in a file of `user:hash` lines (CRD-6), as `htpasswd -B` writes it and as `bowline password` makes them.
/// The file is read again when it has changed. For the reactor's thread.
///
/// Which credentials a line can serve depends on its hash: a password in clear is checked against any; SCRAM wants a
/// line with a secret of SCRAM; what needs the password itself (CRAM-MD5, Digest) and SCRAM-SHA-1 are served by
/// `{PLAIN}` lines too.
///
/// For an unknown user the hash of the file's first line is computed (CRD-5, G12): where all lines are of one
/// scheme and cost, time does not tell who exists.
public final class PasswordFileChecker implements CredentialsChecker, ScramSecrets {
    private static final Logger log = Logger.of(PasswordFileChecker.class);
    private static final String NOBODY = "\0 the password of nobody";

    private final Path path;
    private final PasswordFile file;
    private final HashWork work;
    private final MadeUpSecrets madeUp = new MadeUpSecrets();
    private boolean complained;

    /// @param path the file; it need not be there yet
    /// @param options how it is written
    /// @param work where slow hashes are computed
    public PasswordFileChecker(Path path, PasswordFileOptions options, HashWork work) {
        this.path = path;
        file = new PasswordFile(path, options);
        this.work = work;
    }

    @Override
    public Set<Class<? extends Credentials>> credentialInterfaces() {
        return Set.of(UsernamePassword.class, UsernameHashedPassword.class, ScramCredentials.class);
    }

    @Override
    public Deferred<AvatarId> requestAvatarId(Credentials credentials) {
        return switch (credentials) {
            case UsernamePassword given -> checkHash(given);
            case UsernameHashedPassword given -> checkPassword(given);
            case ScramCredentials given -> checkProof(given);
            default -> Deferred.fail(new UnhandledCredentials("not a kind that was registered"));
        };
    }

    private Deferred<AvatarId> checkHash(UsernamePassword given) {
        Map<String, PasswordFile.User> users = users();
        PasswordFile.User user = users.get(file.key(given.username()));
        PasswordFile.User checked = user != null || users.isEmpty()
                ? user
                : users.values().iterator().next();
        if (checked == null) {
            return Deferred.fail(wrong(given.username()));
        }
        PasswordHash hash = checked.hash();
        Deferred<Boolean> right = hash.isQuick()
                ? Deferred.succeed(hash.verify(given.password()))
                : work.run(() -> hash.verify(given.password()));
        return right.addCallback(isRight -> admit(isRight && user != null, checked.username(), given.username()));
    }

    private Deferred<AvatarId> checkPassword(UsernameHashedPassword given) {
        PasswordFile.User user = users().get(file.key(given.username()));
        boolean known = user != null && user.hash() instanceof PlainPassword;
        String password = user != null && user.hash() instanceof PlainPassword plain ? plain.password() : NOBODY;
        return given.checkPassword(password)
                .addCallback(right -> admit(right && known, user == null ? "" : user.username(), given.username()));
    }

    private Deferred<AvatarId> checkProof(ScramCredentials given) {
        PasswordFile.User user = users().get(file.key(given.username()));
        ScramMechanism mechanism = given.server().mechanism();
        ScramSecret kept = user == null ? null : kept(user, mechanism);
        boolean proven = given.isProvenBy(kept == null ? madeUp(given.username(), mechanism) : kept);
        return Deferred.execute(
                () -> admit(proven && kept != null, user == null ? "" : user.username(), given.username()));
    }

    @Override
    public Deferred<ScramSecret> scramSecret(String username, ScramMechanism mechanism) {
        PasswordFile.User user = users().get(file.key(username));
        ScramSecret kept = user == null ? null : kept(user, mechanism);
        return Deferred.succeed(kept == null ? madeUp(username, mechanism) : kept);
    }

    private @Nullable ScramSecret kept(PasswordFile.User user, ScramMechanism mechanism) {
        return switch (user.hash()) {
            case ScramSecret secret when secret.mechanism() == mechanism -> secret;
            // Its salt must be the same in both halves of a conversation, and tell nobody that it is made up.
            case PlainPassword plain -> {
                ScramSecret salted = madeUp(user.username(), mechanism);
                yield ScramSecret.of(mechanism, plain.password(), salted.salt(), salted.iterations());
            }
            default -> null;
        };
    }

    /// As many iterations as the first secret of the file has, so that the number does not tell who exists.
    private ScramSecret madeUp(String username, ScramMechanism mechanism) {
        int iterations = users().values().stream()
                .map(PasswordFile.User::hash)
                .filter(hash -> hash instanceof ScramSecret secret && secret.mechanism() == mechanism)
                .mapToInt(hash -> ((ScramSecret) hash).iterations())
                .findFirst()
                .orElse(ScramSecret.ITERATIONS_MIN);
        return madeUp.of(username, mechanism, iterations);
    }

    /// The users; nobody when the file cannot be read, which is logged once until it can be again.
    private Map<String, PasswordFile.User> users() {
        try {
            Map<String, PasswordFile.User> users = file.users();
            complained = false;
            return users;
        } catch (IOException unreadable) {
            if (!complained) {
                complained = true;
                log.failure(
                        "nobody can log in: the file of passwords {file} cannot be read", Failure.of(unreadable), path);
            }
            return Map.of();
        }
    }

    /// The user as the file has the name, or a refusal of the name that was given.
    private static AvatarId admit(boolean right, String filed, String username) throws UnauthorizedLogin {
        admit(right, username);
        return AvatarId.of(filed);
    }

    static AvatarId admit(boolean right, String username) throws UnauthorizedLogin {
        if (!right) {
            throw wrong(username);
        }
        return AvatarId.of(username);
    }

    static UnauthorizedLogin wrong(String username) {
        return new UnauthorizedLogin("the login of " + Ascii.quote(username, 40) + " is refused");
    }
}
