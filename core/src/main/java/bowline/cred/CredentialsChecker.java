package bowline.cred;

import bowline.defer.Deferred;
import java.util.List;

/// Recognises users by one or more kinds of credentials (CRD-2).
public interface CredentialsChecker {

    /// The kinds it takes, in the order in which they count when one kind is a case of another.
    List<Class<? extends Credentials>> credentialInterfaces();

    /// Who it is, or a failure: [UnauthorizedLogin], the same for an unknown user and a wrong password (CRD-5).
    /// On the reactor's thread; what takes long is done elsewhere, by [SlowWork].
    ///
    /// @param credentials of a kind that it takes
    Deferred<AvatarId> requestAvatarId(Credentials credentials);
}
