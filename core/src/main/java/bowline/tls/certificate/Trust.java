package bowline.tls.certificate;

/// Whom to believe.
///
/// - [TrustRoots]: authorities, and those they vouch for; further narrowed by pins, if wanted
/// - [PinnedKeys]: certain keys, whoever vouches for them
/// - [InsecureTrust]: everybody. It is loud in the log.
public sealed interface Trust permits InsecureTrust, PinnedKeys, TrustRoots {}
