package bowline.openssl;

import bowline.openssl.library.Libssl;
import bowline.tls.certificate.PeerVerifier;
import bowline.tls.engine.KeyLog;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// What connections have in common: one `SSL_CTX`, which lives until it is closed and its last connection is. Safe for
/// any thread.
///
/// The Java object is held by its engines, for what the library asks them is answered by it.
abstract class OpensslContext implements AutoCloseable {
    private static final long NULL = 0;

    private final long handle;
    private final Cleaner.Cleanable cleanable;
    /// Many make connections at a time, one closes.
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    private final Common common;
    private boolean closed;

    /// @param verifier judges the peer's certificates; null if it is not asked for any
    /// @param localCertificates our own chain; empty for none
    /// @param applicationProtocols ALPN, our preferred one first
    record Common(
            @Nullable PeerVerifier verifier,
            List<X509Certificate> localCertificates,
            List<String> applicationProtocols,
            @Nullable KeyLog keyLog) {}

    /// @param handle an `SSL_CTX` that nobody else frees
    /// @param sessions of clients, to be freed with it
    OpensslContext(long handle, Common common, @Nullable ClientSessions sessions) {
        this.handle = handle;
        this.common = common;
        cleanable = Connection.CLEANER.register(this, () -> {
            if (sessions != null) {
                sessions.close();
            }
            Libssl.freeContext(handle);
        });
    }

    Common common() {
        return common;
    }

    /// @throws IllegalStateException if it is closed
    Connection newConnection() {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("this context of OpenSSL is closed; make a new one");
            }
            long connection = Libssl.newConnection(handle);
            if (connection == NULL) {
                throw new OutOfMemoryError("OpenSSL cannot make a connection: " + ErrorQueue.words());
            }
            return new Connection(connection);
        } finally {
            lock.readLock().unlock();
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            cleanable.clean();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
