package bowline.cred;

import bowline.time.Action;

/// A login that succeeded: the avatar, and how to end the session (CRD-1).
///
/// @param <A> what the avatar is
public final class Login<A> {
    private final Class<? extends A> avatarInterface;
    private final A avatar;
    private final Action logout;
    private boolean ended;

    /// @param avatarInterface which of the interfaces asked for this is
    /// @param avatar the object through which the user acts
    /// @param logout what to do when the session ends; done once at most
    public Login(Class<? extends A> avatarInterface, A avatar, Action logout) {
        this.avatarInterface = avatarInterface;
        this.avatar = avatar;
        this.logout = logout;
    }

    /// Which of the interfaces asked for it is.
    public Class<? extends A> avatarInterface() {
        return avatarInterface;
    }

    /// The object through which the user acts.
    public A avatar() {
        return avatar;
    }

    /// Ends the session. The protocol calls it when its connection is lost, for every login that it was given
    /// (CRD-4); the realm's part runs only once, however often this is called.
    ///
    /// @throws Exception what the realm's part throws
    public void logout() throws Exception {
        if (!ended) {
            ended = true;
            logout.run();
        }
    }
}
