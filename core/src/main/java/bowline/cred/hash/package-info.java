/// Password hashes as text, read, checked and made: the scheme, its cost, its salt and the hash itself in one word.
///
/// Start at [PasswordHash]: `PasswordHash.parse(text, limits)` reads what `htpasswd -B`, `openssl passwd`, `mkpasswd`,
/// `argon2` and Python's libraries write; `verify(password)` does the work, slow by design. [HashLimits] bounds what
/// a line of a file may make us work. [HashScheme] makes new ones.
///
///     text ── parse ──▶ PasswordHash ── verify(password) ──▶ yes or no
///                          ├─ Bcrypt       Blowfish
///                          ├─ Argon2       Blake2b
///                          ├─ Scrypt       SalsaMix
///                          ├─ Pbkdf2
///                          ├─ ShaCrypt
///                          ├─ ScramSecret  (also what bowline.cred.sasl works with)
///                          └─ PlainPassword
///
/// May know: bytes. Must not know: files, threads, users.
@SansIo
@NullMarked
package bowline.cred.hash;

import bowline.bytes.SansIo;
import org.jspecify.annotations.NullMarked;
