package bowline.openssl;

import bowline.openssl.library.Libssl;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What servers gave clients of one context to go on with, by server; the one that was not used for longest is
/// forgotten first. Safe for any thread.
///
/// A session of TLS 1.3 is used once, so that connections cannot be told to be of one client (RFC 8446 §C.4); one of
/// TLS 1.2 again and again.
final class ClientSessions {
    /// Servers that are remembered.
    static final int SERVERS_MAX = 256;

    /// Sessions that are kept for a server, for connections that are opened at the same time.
    static final int SESSIONS_PER_SERVER_MAX = 4;

    private static final int TLS_1_3 = 0x0304;

    /// @param serverName the name that is asked for; a session is for no other
    record Server(String peer, @Nullable String serverName) {}

    /// @param handle an `SSL_SESSION`, one ownership of which goes with this
    /// @param peerCertificates what the server showed when the session began
    /// @param localCertificates what we showed
    record Kept(long handle, List<X509Certificate> peerCertificates, List<X509Certificate> localCertificates) {}

    private final LinkedHashMap<Server, Deque<Kept>> servers = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /// Keeps a session.
    ///
    /// @return whether it did; if not the session stays the caller's
    synchronized boolean keep(Server server, Kept session) {
        if (closed) {
            return false;
        }
        Deque<Kept> ofServer = servers.computeIfAbsent(server, _ -> new ArrayDeque<>());
        ofServer.addFirst(session);
        int most = isForOnce(session) ? SESSIONS_PER_SERVER_MAX : 1;
        while (ofServer.size() > most) {
            Libssl.freeSession(ofServer.removeLast().handle());
        }
        if (servers.size() > SERVERS_MAX) {
            forgetEldest();
        }
        return true;
    }

    private void forgetEldest() {
        Iterator<Map.Entry<Server, Deque<Kept>>> entries = servers.entrySet().iterator();
        entries.next().getValue().forEach(session -> Libssl.freeSession(session.handle()));
        entries.remove();
    }

    /// A session to go on with, which is the caller's; null if there is none.
    synchronized @Nullable Kept take(Server server) {
        Deque<Kept> ofServer = servers.get(server);
        if (ofServer == null) {
            return null;
        }
        Kept found = takeResumable(ofServer);
        if (ofServer.isEmpty()) {
            servers.remove(server);
        }
        return found;
    }

    private static @Nullable Kept takeResumable(Deque<Kept> ofServer) {
        while (true) {
            Kept session = ofServer.pollFirst();
            if (session == null) {
                return null;
            }
            if (Libssl.isResumable(session.handle()) == 1) {
                if (!isForOnce(session)) {
                    Libssl.keepSession(session.handle());
                    ofServer.addFirst(session);
                }
                return session;
            }
            Libssl.freeSession(session.handle());
        }
    }

    private static boolean isForOnce(Kept session) {
        return Libssl.sessionVersion(session.handle()) >= TLS_1_3;
    }

    /// How many are kept, for tests.
    synchronized int size() {
        return servers.values().stream().mapToInt(Deque::size).sum();
    }

    /// Forgets all of them, and keeps no more.
    synchronized void close() {
        closed = true;
        servers.values().forEach(ofServer -> ofServer.forEach(session -> Libssl.freeSession(session.handle())));
        servers.clear();
    }
}
