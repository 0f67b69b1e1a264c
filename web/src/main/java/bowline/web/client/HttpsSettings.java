package bowline.web.client;

import bowline.defer.Deferred;
import bowline.tls.TlsClientOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The TLS settings for each server: kept, for sessions that can be resumed belong to them. The first are made on
/// another thread, where the authorities that the system trusts are read.
final class HttpsSettings {
    /// Servers whose settings are kept; those of the one that was asked longest ago make room.
    static final int SERVERS_MAX = 100;

    private static final float LOAD = 0.75f;

    private final Threads threads;
    private final UnaryOperator<TlsClientOptions.Builder> change;
    private final Map<String, TlsClientOptions> byHost = new LinkedHashMap<>(16, LOAD, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TlsClientOptions> eldest) {
            return size() > SERVERS_MAX;
        }
    };
    private @Nullable TlsClientOptions first;

    /// Where work is done that waits for files.
    interface Threads {
        Deferred<TlsClientOptions> run(Callable<TlsClientOptions> work);
    }

    HttpsSettings(Threads threads, UnaryOperator<TlsClientOptions.Builder> change) {
        this.threads = threads;
        this.change = change;
    }

    /// For the server of that name.
    Deferred<TlsClientOptions> to(String host) {
        TlsClientOptions known = byHost.get(host);
        if (known != null) {
            return Deferred.succeed(known);
        }
        TlsClientOptions pattern = first;
        Deferred<TlsClientOptions> made =
                pattern == null ? threads.run(() -> make(host)) : Deferred.execute(() -> pattern.toHost(host));
        return made.addCallback(settings -> keep(host, settings));
    }

    private TlsClientOptions make(String host) {
        return change.apply(TlsClientOptions.forHost(host).applicationProtocols("http/1.1"))
                .build();
    }

    private TlsClientOptions keep(String host, TlsClientOptions settings) {
        first = first == null ? settings : first;
        TlsClientOptions before = byHost.putIfAbsent(host, settings);
        return before == null ? settings : before;
    }
}
