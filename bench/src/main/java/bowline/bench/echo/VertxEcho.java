package bowline.bench.echo;

import bowline.bench.server.ServerControl;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetServerOptions;

/// The same server on Vert.x: one event loop, on the native transport.
public final class VertxEcho extends VerticleBase {
    private static final int BACKLOG = 4096;

    /// Listens on a free port of the loopback and says which.
    public static void main(String... args) {
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true))
                .deployVerticle(new VertxEcho())
                .await();
    }

    @Override
    public Future<?> start() {
        return vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true).setAcceptBacklog(BACKLOG))
                .connectHandler(socket -> {
                    socket.exceptionHandler(_ -> {});
                    socket.handler(socket::write);
                })
                .listen(0, "127.0.0.1")
                .onSuccess(server -> ServerControl.start(server.actualPort()));
    }
}
