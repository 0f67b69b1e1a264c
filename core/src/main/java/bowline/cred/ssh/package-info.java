/// Public keys as SSH has them: recognising users by a signature (RFC 4252 §7).
///
/// Start at [SshKeyChecker], which reads `authorized_keys`; its credentials are [PublicKeyCredentials]. [PublicKeyBlob]
/// knows the formats of keys and signatures, and leaves the mathematics to the JDK.
///
/// May know: cred, bytes, log, files. Must not know: SSH's transport, sockets.
@NullMarked
package bowline.cred.ssh;

import org.jspecify.annotations.NullMarked;
