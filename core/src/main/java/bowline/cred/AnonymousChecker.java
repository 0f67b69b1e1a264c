package bowline.cred;

import bowline.defer.Deferred;
import java.util.List;

/// Lets in everybody who shows no credentials, as [AvatarId#ANONYMOUS] (CRD-6).
public final class AnonymousChecker implements CredentialsChecker {

    /// The checker; it has no state.
    public AnonymousChecker() {}

    @Override
    public List<Class<? extends Credentials>> credentialInterfaces() {
        return List.of(Anonymous.class);
    }

    @Override
    public Deferred<AvatarId> requestAvatarId(Credentials credentials) {
        return Deferred.succeed(AvatarId.ANONYMOUS);
    }
}
