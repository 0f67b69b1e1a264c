/// Keys and certificates: reading them in every form that people have them in, making them, and judging them.
///
/// Start at [TlsIdentity], what a server or a client proves itself with.
///
/// May know: bytes, the JDK's java.security. Must not know: transports, reactors, engines.
@NullMarked
package bowline.tls.certificate;

import org.jspecify.annotations.NullMarked;
