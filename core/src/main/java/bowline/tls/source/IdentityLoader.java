package bowline.tls.source;

import bowline.tls.certificate.PeerVerifier;
import bowline.tls.certificate.TlsIdentity;
import java.security.GeneralSecurityException;

/// Makes identities and verifiers of what is in files, and refuses what could not serve. On any thread.
interface IdentityLoader {
    /// A key with the chain that vouches for it: they belong together, each certificate of the chain is signed
    /// by the next, the first one is for servers and good at present (TLS-3, TLS-15).
    ///
    /// @param source where they are from, for errors
    /// @param key may have the chain in it, too, and then is equal to that
    /// @throws GeneralSecurityException says which file, what is wrong with it, what to do
    TlsIdentity identity(String source, byte[] key, byte[] chain) throws GeneralSecurityException;

    /// Who judges clients by these authorities.
    ///
    /// @throws GeneralSecurityException if they cannot be read, or there is none
    PeerVerifier clients(String source, byte[] authorities) throws GeneralSecurityException;
}
