package bowline.cred;

import bowline.defer.Deferred;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where users come in: between protocols that gather credentials, checkers that know them and the realm that has what
/// they want (CRD-1). For the reactor's thread.
public final class Portal {
    private final Realm realm;
    private final Map<Class<? extends Credentials>, CredentialsChecker> checkers = new LinkedHashMap<>();

    /// A portal to `realm` with these checkers, each registered for all its kinds.
    public Portal(Realm realm, CredentialsChecker... checkers) {
        this.realm = realm;
        for (CredentialsChecker checker : checkers) {
            registerChecker(checker);
        }
    }

    /// Registers a checker for all its kinds of credentials; it replaces earlier ones for the same kind, in
    /// their place (CRD-3).
    public void registerChecker(CredentialsChecker checker) {
        registerChecker(checker, checker.credentialInterfaces());
    }

    /// Registers a checker for some kinds of credentials only.
    public void registerChecker(CredentialsChecker checker, List<Class<? extends Credentials>> kinds) {
        kinds.forEach(kind -> checkers.put(kind, checker));
    }

    /// The kinds of credentials that can be logged in with, in order of registration: what a protocol may offer.
    public List<Class<? extends Credentials>> credentialInterfaces() {
        return List.copyOf(checkers.keySet());
    }

    /// Whether there is a checker for credentials of `kind`: whether a protocol need ask for them.
    public boolean takes(Class<? extends Credentials> kind) {
        return checkers.keySet().stream().anyMatch(taken -> taken.isAssignableFrom(kind));
    }

    /// Logs in for an avatar of one kind.
    ///
    /// @param mind the client's side of things, for the realm; null for none
    /// @return fails with a [LoginFailed]
    public <A> Deferred<Login<A>> login(Credentials credentials, @Nullable Object mind, Class<A> wanted) {
        return login(credentials, mind, List.of(wanted));
    }

    /// Logs in for an avatar of any of `interfaces` (CRD-1, CRD-2). Cancelling it cancels what waits.
    ///
    /// @return fails with a [LoginFailed]
    public <A> Deferred<Login<A>> login(
            Credentials credentials, @Nullable Object mind, List<Class<? extends A>> interfaces) {
        List<Class<?>> wanted = List.copyOf(interfaces);
        for (Map.Entry<Class<? extends Credentials>, CredentialsChecker> each : checkers.entrySet()) {
            if (each.getKey().isInstance(credentials)) {
                CredentialsChecker checker = each.getValue();
                return Deferred.<AvatarId>maybeDeferred(() -> checker.requestAvatarId(credentials))
                        .<Login<?>>addCallbackDeferring(id -> realm.requestAvatar(id, mind, wanted))
                        .addCallback(login -> typed(login, interfaces));
            }
        }
        return Deferred.fail(new UnhandledCredentials("no checker for credentials of "
                + credentials.getClass().getSimpleName() + "; there are checkers for "
                + new ArrayList<>(checkers.keySet())));
    }

    /// The realm's login as one of the interfaces asked for.
    private static <A> Login<A> typed(Login<?> login, List<Class<? extends A>> interfaces) throws Exception {
        for (Class<? extends A> wanted : interfaces) {
            if (wanted == login.avatarInterface() && wanted.isInstance(login.avatar())) {
                return new Login<>(wanted, wanted.cast(login.avatar()), login::logout);
            }
        }
        login.logout();
        throw new IllegalStateException("the realm gave an avatar of "
                + login.avatarInterface().getName() + ", which was not asked for; it must be one of " + interfaces);
    }
}
