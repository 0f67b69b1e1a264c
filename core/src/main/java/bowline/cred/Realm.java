package bowline.cred;

import bowline.defer.Deferred;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The program's own part of a login: turns who it is into what they may have (CRD-2).
///
///     Deferred<Login<?>> requestAvatar(AvatarId id, Object mind, List<Class<?>> interfaces) {
///         return Deferred.succeed(new Login<>(Mailbox.class, open(id), () -> close(id)));
///     }
@FunctionalInterface
public interface Realm {

    /// An avatar of one of `interfaces`, with what is to be done when its session ends. A failure,
    /// [LoginDenied] perhaps, for one who may not come in. When the answer is cancelled, the client has gone,
    /// and what was begun for it is undone here.
    ///
    /// @param id who it is
    /// @param mind the client's side of things, for avatars that talk back; null for none
    /// @param interfaces what the protocol can use, the best first; it takes any of them
    Deferred<Login<?>> requestAvatar(AvatarId id, @Nullable Object mind, List<Class<?>> interfaces);
}
