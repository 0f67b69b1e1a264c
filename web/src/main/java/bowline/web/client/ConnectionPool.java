package bowline.web.client;

import bowline.web.client.ClientRequest.Origin;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Connections that wait for another request to the server they lead to (WEB-9).
final class ConnectionPool {
    private final AgentOptions options;
    private final Map<Origin, ArrayDeque<HttpClientProtocol>> idle = new HashMap<>();

    ConnectionPool(AgentOptions options) {
        this.options = options;
    }

    /// The connection that was used last, which is the least likely to be closed by the server meanwhile.
    @Nullable
    HttpClientProtocol take(Origin origin) {
        ArrayDeque<HttpClientProtocol> waiting = idle.get(origin);
        if (waiting == null) {
            return null;
        }
        HttpClientProtocol taken = waiting.pollLast();
        while (taken != null && !taken.isIdle()) {
            taken = waiting.pollLast(); // That one is being closed, and has not heard yet that it is.
        }
        if (waiting.isEmpty()) {
            idle.remove(origin);
        }
        return taken;
    }

    void give(Origin origin, HttpClientProtocol connection) {
        ArrayDeque<HttpClientProtocol> waiting = idle.computeIfAbsent(origin, _ -> new ArrayDeque<>());
        waiting.addLast(connection);
        connection.closeWhenIdle(options.idleTimeout());
        if (waiting.size() > options.idlePerOriginMax()) {
            waiting.removeFirst().close();
        }
    }

    void forget(Origin origin, HttpClientProtocol connection) {
        ArrayDeque<HttpClientProtocol> waiting = idle.get(origin);
        if (waiting != null && waiting.remove(connection) && waiting.isEmpty()) {
            idle.remove(origin);
        }
    }

    void closeAll() {
        idle.values().forEach(waiting -> waiting.forEach(HttpClientProtocol::close));
        idle.clear();
    }

    /// How many connections wait.
    int size() {
        return idle.values().stream().mapToInt(ArrayDeque::size).sum();
    }
}
