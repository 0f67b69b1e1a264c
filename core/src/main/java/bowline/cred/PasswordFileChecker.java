package bowline.cred;

import bowline.cred.hash.HashLimits;
import bowline.cred.hash.PlainPassword;
import bowline.cred.hash.ScramMechanism;
import bowline.cred.hash.ScramSecret;
import bowline.defer.Deferred;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Users in a file of `user:hash` lines (CRD-6), as `htpasswd -B` writes it and as `bowline password` makes them.
/// The file is read again when it has changed, never on the reactor's thread. For the reactor's thread.
///
/// Which credentials a line can serve depends on its hash: a password in clear is checked against any; SCRAM wants a
/// line with a secret of SCRAM; what needs the password itself (CRAM-MD5, Digest) and SCRAM-SHA-1 are served by
/// `{PLAIN}` lines too.
///
/// For an unknown user the hash of the file's first line is computed (CRD-5, G12): where all lines are of one
/// scheme and cost, time does not tell who exists.
public final class PasswordFileChecker implements CredentialsChecker, ScramSecrets {
    private static final String NOBODY = "\0 the password of nobody";

    private final PasswordFile file;
    private final HashLimits limits;
    private final SlowWork work;
    private final MadeUpSecrets madeUp = new MadeUpSecrets();

    /// @param path the file; it need not be there yet
    /// @param options how it is written
    /// @param work where the file is read and hashes computed
    public PasswordFileChecker(Path path, PasswordFileOptions options, SlowWork work) {
        file = new PasswordFile(path, options);
        limits = options.limits();
        this.work = work;
    }

    @Override
    public List<Class<? extends Credentials>> credentialInterfaces() {
        return List.of(UsernameHashedPassword.class, ScramCredentials.class);
    }

    @Override
    public Deferred<AvatarId> requestAvatarId(Credentials credentials) {
        return switch (credentials) {
            case UsernamePassword given -> work.run(() -> checkHash(given));
            case UsernameHashedPassword given -> checkPassword(given);
            case ScramCredentials given -> checkProof(given);
            default -> Deferred.fail(new UnhandledCredentials("not a kind that was registered"));
        };
    }

    /// Blocks.
    private AvatarId checkHash(UsernamePassword given) throws UnauthorizedLogin {
        Map<String, PasswordFile.User> users = file.users();
        PasswordFile.User user = users.get(file.key(given.username()));
        PasswordFile.User checked = user != null || users.isEmpty()
                ? user
                : users.values().iterator().next();
        boolean right = checked != null && checked.hash().verify(given.password(), limits);
        return admit(right ? user : null, given.username());
    }

    private Deferred<AvatarId> checkPassword(UsernameHashedPassword given) {
        return work.<PasswordFile.@Nullable User>run(() -> file.users().get(file.key(given.username())))
                .addCallbackDeferring(user -> {
                    boolean known = user != null && user.hash() instanceof PlainPassword;
                    String password =
                            user != null && user.hash() instanceof PlainPassword plain ? plain.password() : NOBODY;
                    return given.checkPassword(password)
                            .addCallback(right -> admit(right && known ? user : null, given.username()));
                });
    }

    private Deferred<AvatarId> checkProof(ScramCredentials given) {
        String username = given.username();
        return work.run(() -> challenge(username, given.server().mechanism()))
                .addCallback(
                        challenge -> admit(given.isProvenBy(challenge.secret()) ? challenge.user() : null, username));
    }

    @Override
    public Deferred<ScramSecret> scramSecret(String username, ScramMechanism mechanism) {
        return work.run(() -> challenge(username, mechanism).secret());
    }

    /// What somebody who gives this name is challenged with.
    ///
    /// @param user whose secret it is; null: nobody's, it is made up
    private record Challenge(ScramSecret secret, PasswordFile.@Nullable User user) {}

    /// Blocks.
    private Challenge challenge(String username, ScramMechanism mechanism) {
        Map<String, PasswordFile.User> users = file.users();
        PasswordFile.User user = users.get(file.key(username));
        // As many iterations as the first secret of the file has, so that the number does not tell who exists.
        ScramSecret nobodys = madeUp.of(username, mechanism, firstIterations(users.values(), mechanism));
        ScramSecret kept = user == null ? null : kept(user, mechanism, nobodys.salt());
        return kept == null ? new Challenge(nobodys, null) : new Challenge(kept, user);
    }

    /// @param salt for a password that has none of its own: the same in both halves of a conversation
    private static @Nullable ScramSecret kept(PasswordFile.User user, ScramMechanism mechanism, byte[] salt) {
        return switch (user.hash()) {
            case ScramSecret secret when secret.mechanism() == mechanism -> secret;
            case PlainPassword plain -> ScramSecret.of(mechanism, plain.password(), salt, ScramSecret.ITERATIONS_MIN);
            default -> null;
        };
    }

    private static int firstIterations(Collection<PasswordFile.User> users, ScramMechanism mechanism) {
        return users.stream()
                .map(PasswordFile.User::hash)
                .filter(hash -> hash instanceof ScramSecret secret && secret.mechanism() == mechanism)
                .mapToInt(hash -> ((ScramSecret) hash).iterations())
                .findFirst()
                .orElse(ScramSecret.ITERATIONS_MIN);
    }

    /// The user under the name that the file has.
    ///
    /// @param proven who has proven to be it; null: nobody
    private static AvatarId admit(PasswordFile.@Nullable User proven, String username) throws UnauthorizedLogin {
        if (proven == null) {
            throw UnauthorizedLogin.of(username);
        }
        return AvatarId.of(proven.username());
    }
}
