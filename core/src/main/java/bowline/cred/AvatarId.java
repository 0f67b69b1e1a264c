package bowline.cred;

import bowline.bytes.Ascii;

/// Who somebody is, once a checker is satisfied (CRD-2). No name can be taken for the anonymous one (CRD-6).
public sealed interface AvatarId {

    /// Nobody in particular.
    AvatarId ANONYMOUS = new Nobody();

    /// The user of this name.
    static AvatarId of(String name) {
        return new User(name);
    }

    /// A user.
    ///
    /// @param name as the checker knows it
    record User(String name) implements AvatarId {
        @Override
        public String toString() {
            return Ascii.quote(name, 80);
        }
    }

    /// The one who showed no credentials; there is only [#ANONYMOUS].
    record Nobody() implements AvatarId {
        @Override
        public String toString() {
            return "(anonymous)";
        }
    }
}
