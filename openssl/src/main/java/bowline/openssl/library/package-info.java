/// OpenSSL as Java sees it: its two shared libraries, their functions, and memory by its address, through
/// `java.lang.foreign`.
///
/// Start at [Installation], which finds them. [Libssl] and [Libcrypto] have the functions, under the names of their
/// manual pages, with every pointer as a `long`.
///
///     Installation ── dlopen ──▶ libcrypto.so.3 ◀── Libcrypto ── BIO, X509, ERR, EVP
///                                libssl.so.3    ◀── Libssl ───── SSL_CTX, SSL, SSL_SESSION
///     Downcalls   how both are called           Memory, Der, Text   what lies at an address
///
/// May know: the JDK. Must not know: TLS as the engine has it.
@NullMarked
package bowline.openssl.library;

import org.jspecify.annotations.NullMarked;
