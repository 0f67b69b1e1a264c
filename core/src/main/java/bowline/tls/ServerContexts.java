package bowline.tls;

import bowline.tls.engine.TlsProvider.ServerContext;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What engines of one server share, for each identity that it has: made when it is needed for the first time, and kept
/// while the identity lives, of the most recently used ones. Safe for any thread.
final class ServerContexts {
    /// Most that are kept.
    static final int MAX = 1024;

    private final Maker maker;
    private final ReferenceQueue<ServerIdentity> dead = new ReferenceQueue<>();
    private final Map<Key, ServerContext> contexts = new LinkedHashMap<>(16, 0.75f, true);

    /// Makes what connections of one identity share.
    @FunctionalInterface
    interface Maker {
        ServerContext make(ServerIdentity identity) throws GeneralSecurityException;
    }

    ServerContexts(Maker maker) {
        this.maker = maker;
    }

    /// By the very object, not by what it is made of, which would take long to compare.
    private static final class Key extends WeakReference<ServerIdentity> {
        private final int hash;

        Key(ServerIdentity identity, @Nullable ReferenceQueue<ServerIdentity> queue) {
            super(identity, queue);
            hash = identity.identity().certificate().hashCode(); // which it remembers
        }

        @Override
        public boolean equals(@Nullable Object other) {
            ServerIdentity identity = get();
            return this == other || (identity != null && other instanceof Key key && key.refersTo(identity));
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /// What connections of this identity share.
    ///
    /// @throws GeneralSecurityException if its key or certificates cannot be used
    synchronized ServerContext of(ServerIdentity identity) throws GeneralSecurityException {
        forgetDead();
        ServerContext known = contexts.get(new Key(identity, null));
        if (known != null) {
            return known;
        }
        ServerContext made = maker.make(identity);
        contexts.put(new Key(identity, dead), made);
        if (contexts.size() > MAX) {
            forget(contexts.keySet().iterator().next());
        }
        return made;
    }

    private void forgetDead() {
        for (Reference<?> gone = dead.poll(); gone != null; gone = dead.poll()) {
            forget(gone);
        }
    }

    private void forget(Object key) {
        ServerContext context = contexts.remove(key);
        if (context != null) {
            context.close();
        }
    }

    synchronized int size() {
        return contexts.size();
    }
}
