package bowline.cred;

import bowline.cred.hash.HashScheme;
import bowline.cred.hash.ScramMechanism;
import bowline.cred.hash.ScramSecret;
import bowline.defer.Deferred;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Users and passwords in memory, as they are: **for tests and demonstrations only** (CRD-6).
public final class MemoryChecker implements CredentialsChecker, ScramSecrets {
    private static final String NOBODY = "\0 the password of nobody";

    private final Map<String, String> passwords = new LinkedHashMap<>();
    private final Map<String, ScramSecret> secrets = new LinkedHashMap<>();
    private final MadeUpSecrets madeUp = new MadeUpSecrets();
    private final SecureRandom random = new SecureRandom();

    /// With nobody in it.
    public MemoryChecker() {}

    /// Adds a user, or changes the password of one.
    public MemoryChecker addUser(String username, String password) {
        passwords.put(username, password);
        for (ScramMechanism each : ScramMechanism.values()) {
            secrets.remove(each + username);
        }
        return this;
    }

    @Override
    public List<Class<? extends Credentials>> credentialInterfaces() {
        return List.of(UsernameHashedPassword.class, ScramCredentials.class);
    }

    @Override
    public Deferred<AvatarId> requestAvatarId(Credentials credentials) {
        return switch (credentials) {
            case UsernameHashedPassword given -> checkPassword(given);
            case ScramCredentials given -> checkProof(given);
            default -> Deferred.fail(new UnhandledCredentials("not a kind that was registered"));
        };
    }

    private Deferred<AvatarId> checkPassword(UsernameHashedPassword given) {
        @Nullable String password = passwords.get(given.username());
        // An unknown user costs as much as a known one (G12).
        return given.checkPassword(password == null ? NOBODY : password)
                .addCallback(right -> admit(right && password != null, given.username()));
    }

    private Deferred<AvatarId> checkProof(ScramCredentials given) {
        String username = given.username();
        boolean proven = given.isProvenBy(secretOf(username, given.server().mechanism()));
        return Deferred.execute(() -> admit(proven && passwords.containsKey(username), username));
    }

    private static AvatarId admit(boolean proven, String username) throws UnauthorizedLogin {
        if (!proven) {
            throw UnauthorizedLogin.of(username);
        }
        return AvatarId.of(username);
    }

    @Override
    public Deferred<ScramSecret> scramSecret(String username, ScramMechanism mechanism) {
        return Deferred.succeed(secretOf(username, mechanism));
    }

    private ScramSecret secretOf(String username, ScramMechanism mechanism) {
        String password = passwords.get(username);
        if (password == null) {
            return madeUp.of(username, mechanism, ScramSecret.ITERATIONS_MIN);
        }
        return secrets.computeIfAbsent(
                mechanism + username, _ -> ScramSecret.of(mechanism, password, salt(), ScramSecret.ITERATIONS_MIN));
    }

    private byte[] salt() {
        var salt = new byte[HashScheme.SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }
}
