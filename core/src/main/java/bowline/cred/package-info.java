/// Authentication: who is there, and what may they have (section 40).
///
/// Start at [Portal]. A protocol gathers [Credentials] and logs in; the portal finds the [CredentialsChecker] for that
/// kind of credentials, which answers an [AvatarId]; the program's [Realm] turns it into an avatar, the object through
/// which this user acts. The protocol calls [Login#logout] when the session ends.
///
///     protocol ── login(credentials, mind, interface) ──▶ Portal ── requestAvatarId ──▶ CredentialsChecker
///        ▲                                                  │  ◀── AvatarId ────────────────┘
///        └────────── Login(avatar, logout) ◀── Realm ◀──────┘
///
/// Checkers here: [AnonymousChecker], [MemoryChecker] (tests), [PasswordFileChecker]. [AuthString] makes them from
/// `--auth type:argument`. Files are read and slow hashes computed elsewhere than on the loop, by [SlowWork]. HTTP
/// Digest is next door in `bowline.cred.digest`, keys of SSH in `bowline.cred.ssh`, SCRAM in `bowline.cred.sasl`,
/// hashes in `bowline.cred.hash`.
///
/// May know: bytes, failure, log, time, defer, files. Must not know: protocols, transports, reactors.
@NullMarked
package bowline.cred;

import org.jspecify.annotations.NullMarked;
