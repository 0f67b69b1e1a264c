/// Where servers get their certificates from: a folder of files that is watched, a pair of files, one made at start.
///
/// Start at [CertificateFolder].
///
///     folder ── [IdentityFinder] ──▶ [IdentityFiles] ── [Reading], on a thread ──▶ [LoadedIdentity] ──▶ [Catalogue]
///        └─ FileWatch ──▶ [WatchedIdentities]: when to look again, what to tell             identity(hello) ─┘
///
/// A connection reads the catalogue of the moment, which never changes; a new one takes its place as a whole, after
/// everything in it was checked.
///
/// May know: reactor, file, tls and its certificates. Must not know: engines, connections.
@NullMarked
package bowline.tls.source;

import org.jspecify.annotations.NullMarked;
