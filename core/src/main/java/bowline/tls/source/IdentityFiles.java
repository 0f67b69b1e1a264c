package bowline.tls.source;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The files that one identity is made of.
///
/// @param name what they are called, for people: the path in the folder without its ending
/// @param key the private key
/// @param chain the certificates, in the same file maybe
/// @param staple an OCSP response; null if there is none
/// @param clients whom clients are to be vouched for by; null if none is asked
/// @param clientsRequired whether clients must show a certificate
record IdentityFiles(
        String name,
        Path key,
        Path chain,
        @Nullable Path staple,
        @Nullable Path clients,
        boolean clientsRequired) {}
