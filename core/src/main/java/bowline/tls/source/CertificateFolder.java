package bowline.tls.source;

import bowline.defer.Deferred;
import bowline.file.FileWatch;
import bowline.file.WatchOptions;
import bowline.reactor.Reactor;
import bowline.tls.CertificateSource;
import bowline.tls.ServerIdentity;
import bowline.tls.UnknownServerName;
import bowline.tls.hello.ClientHello;
import java.io.IOException;
import java.nio.file.Path;

/// Certificates from a folder, by the names that clients ask for. It is watched: what is put there, replaced or
/// taken away counts from then on, for new connections, without a restart or a signal. A file that cannot be used
/// leaves in place what was there, with a line in the log that says why.
///
///     /etc/bowline/tls/
///         www.example.org.pem           key and chain in one file
///         example.net.crt, .key         a pair of files (also NAME.pem with NAME.key, or with NAME-key.pem)
///         example.net.ocsp              an OCSP response in DER, shown with it while it is good
///         admin.example.org.pem
///         admin.example.org.clients.pem who asks for that name must show a certificate that these vouch for
///         api.example.org.clients.wanted.pem   … is asked for one, and may have none
///         live/example.com/             fullchain.pem and privkey.pem, as certbot has them; also without "live", and
///                                       /etc/letsencrypt/live itself will do; beside them fullchain.ocsp and so on
///
/// The names of files are for people: who answers for a host is told by the certificates' own names, exact ones
/// first, then those with a wildcard for the leftmost label. Where several certificates have a name, those with
/// another kind of key serve the clients that can verify it; of the same kind the one that is good for longest
/// serves. A client that asks for a name that has no certificate, or for none, is refused, unless
/// [FolderOptions#defaultName] says who answers.
///
/// Each identity demands what stands beside it, of the clients that ask for its names. Where two disagree about a name,
/// the stricter one has it. [#covers] keeps those who got in by one name from using others (TLS-2).
///
/// [#open] and [#close] are for the reactor's thread, all else for any: many reactors may share one.
public final class CertificateFolder implements CertificateSource, AutoCloseable {
    private final Path folder;
    private final WatchedIdentities identities;

    private CertificateFolder(Path folder, WatchedIdentities identities) {
        this.folder = folder;
        this.identities = identities;
    }

    /// Reads a folder on a thread of the pool, and watches it until [#close], or until the reactor ends.
    ///
    /// @return fires when there is a certificate to serve with; fails if there is none, and says why
    public static Deferred<CertificateFolder> open(Reactor reactor, Path folder, FolderOptions options) {
        return open(
                reactor,
                folder,
                options,
                new PemLoader(reactor::now),
                listener -> FileWatch.begin(reactor, folder, WatchOptions.DEFAULT.recursive(true), listener)::close);
    }

    /// Reads a folder at once, on this thread, for programs that begin. It is not watched before [#watch].
    ///
    /// @throws IOException if there is no certificate to serve with; it says why
    public static CertificateFolder read(Reactor reactor, Path folder, FolderOptions options) throws IOException {
        var identities = new WatchedIdentities(
                reactor,
                folder.toString(),
                new FolderFinder(folder),
                new PemLoader(reactor::now),
                listener -> FileWatch.begin(reactor, folder, WatchOptions.DEFAULT.recursive(true), listener)::close,
                options);
        identities.readNow();
        return new CertificateFolder(folder, identities);
    }

    /// Watches a folder that [#read] has read, until [#close], or until the reactor ends. Once is enough.
    public void watch() {
        identities.begin();
    }

    /// Watches no more until [#watch] is called again; what is loaded goes on being served.
    public void unwatch() {
        identities.end();
    }

    static Deferred<CertificateFolder> open(
            Reactor reactor, Path folder, FolderOptions options, IdentityLoader loader, FolderSight sight) {
        var identities =
                new WatchedIdentities(reactor, folder.toString(), new FolderFinder(folder), loader, sight, options);
        return identities.open().addCallback(_ -> new CertificateFolder(folder, identities));
    }

    /// @return fails with [UnknownServerName] if there is no certificate for the name, and no default
    @Override
    public Deferred<ServerIdentity> identity(ClientHello hello) {
        ServerIdentity found = identities.catalogue().choose(hello);
        return found == null ? Deferred.fail(new UnknownServerName(hello.serverName())) : Deferred.succeed(found);
    }

    @Override
    public boolean covers(ServerIdentity shown, String host) {
        return identities.catalogue().covers(shown, host);
    }

    @Override
    public boolean admits(ServerIdentity shown, String host) {
        Catalogue now = identities.catalogue();
        return now.demandsNothing() || now.covers(shown, host);
    }

    /// Reads all files anew, for file systems that tell no changes. On the reactor's thread.
    ///
    /// @return fires when it is done, whatever came of it: see the log, and [#stats]
    public Deferred<CertificateStats> reload() {
        return identities.reload();
    }

    /// What is loaded, what has failed, and until when all is well.
    public CertificateStats stats() {
        return identities.stats();
    }

    /// The folder.
    public Path folder() {
        return folder;
    }

    /// Watches no more; what is loaded goes on being served.
    @Override
    public void close() {
        identities.close();
    }

    /// `certificates in /etc/bowline/tls`
    @Override
    public String toString() {
        return "certificates in " + folder;
    }
}
