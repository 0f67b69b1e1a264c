package bowline.tls.source;

import bowline.defer.Deferred;
import bowline.file.FileWatch;
import bowline.file.WatchOptions;
import bowline.reactor.Reactor;
import bowline.tls.CertificateSource;
import bowline.tls.ServerIdentity;
import bowline.tls.hello.ClientHello;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// One certificate from one file or two, for all clients, whomever they ask for. The files are watched: new ones
/// are taken when they have been checked, and what cannot be used leaves in place what was there.
///
/// [#open] and [#close] are for the reactor's thread, all else for any.
public final class PemFileSource implements CertificateSource, AutoCloseable {
    private static final String NAME = "the certificate";

    private final WatchedIdentities identities;

    private PemFileSource(WatchedIdentities identities) {
        this.identities = identities;
    }

    /// Reads files on a thread of the pool, and watches them until [#close], or until the reactor ends.
    ///
    /// @param key the private key
    /// @param chain the certificates; may be the same file
    /// @return fails if they cannot be used, and says why
    public static Deferred<PemFileSource> open(Reactor reactor, Path key, Path chain, FolderOptions options) {
        return open(reactor, key, chain, options, new PemLoader(reactor::now), sight(reactor, key, chain));
    }

    /// Reads files at once, on this thread, for programs that begin. They are not watched before [#watch].
    ///
    /// @throws IOException if they cannot be used; it says why
    public static PemFileSource read(Reactor reactor, Path key, Path chain, FolderOptions options) throws IOException {
        WatchedIdentities identities =
                identities(reactor, key, chain, options, new PemLoader(reactor::now), sight(reactor, key, chain));
        identities.readNow();
        return new PemFileSource(identities);
    }

    /// Watches files that [#read] has read, until [#close], or until the reactor ends. Once is enough.
    public void watch() {
        identities.begin();
    }

    /// Watches no more until [#watch] is called again; what is loaded goes on being served.
    public void unwatch() {
        identities.end();
    }

    private static FolderSight sight(Reactor reactor, Path key, Path chain) {
        return listener -> {
            List<FileWatch> watches = new ArrayList<>();
            try {
                for (Path folder : folders(key, chain)) {
                    watches.add(FileWatch.begin(reactor, folder, WatchOptions.DEFAULT, listener));
                }
            } catch (IOException | RuntimeException refused) {
                watches.forEach(FileWatch::close);
                throw refused;
            }
            return () -> watches.forEach(FileWatch::close);
        };
    }

    /// Whole folders, for links may lead from one to another inside of them.
    private static Set<Path> folders(Path... files) {
        Set<Path> folders = new LinkedHashSet<>();
        for (Path file : files) {
            folders.add(Objects.requireNonNullElse(file.getParent(), Path.of("")));
        }
        return folders;
    }

    static Deferred<PemFileSource> open(
            Reactor reactor, Path key, Path chain, FolderOptions options, IdentityLoader loader, FolderSight sight) {
        WatchedIdentities identities = identities(reactor, key, chain, options, loader, sight);
        return identities.open().addCallback(_ -> new PemFileSource(identities));
    }

    private static WatchedIdentities identities(
            Reactor reactor, Path key, Path chain, FolderOptions options, IdentityLoader loader, FolderSight sight) {
        String title = key.equals(chain) ? chain.toString() : chain + " and " + key;
        var files = new IdentityFiles(NAME, key, chain, null, null, false);
        return new WatchedIdentities(reactor, title, () -> List.of(files), loader, sight, options.defaultName(NAME));
    }

    @Override
    public Deferred<ServerIdentity> identity(ClientHello hello) {
        return Deferred.succeed(Objects.requireNonNull(identities.catalogue().choose(hello)));
    }

    @Override
    public boolean admits(ServerIdentity shown, String host) {
        return true;
    }

    /// Reads the files anew. On the reactor's thread.
    ///
    /// @return fires when it is done, whatever came of it: see the log, and [#stats]
    public Deferred<CertificateStats> reload() {
        return identities.reload();
    }

    /// What is loaded, what has failed, and until when all is well.
    public CertificateStats stats() {
        return identities.stats();
    }

    /// Watches no more; what is loaded goes on being served.
    @Override
    public void close() {
        identities.close();
    }
}
