/// Keys and certificates: reading them in every form that people have them in, making them, and judging them.
///
/// Start at [TlsIdentity], what a server or a client proves itself with.
///
///     files ── IdentityReader, CertificateReader ──▶ TlsIdentity, X509Certificate       what is wrong:
/// UnusableMaterial
///     random, now ── CertificateMaker ──▶ PrivateAuthority ──▶ TlsIdentity
///     chain, staple ── ServerVerifier(Trust, ReferenceIdentity, now) ──▶ nothing        what is wrong:
/// CertificateRefused
///                      ClientVerifier(Trust, now)
///
/// Trust is one of [TrustRoots], [PinnedKeys] and [InsecureTrust]. Time and random bits are given, and nobody is
/// asked over a network.
///
/// May know: bytes, log, failure, the JDK's java.security. Must not know: transports, reactors, engines.
@NullMarked
package bowline.tls.certificate;

import org.jspecify.annotations.NullMarked;
