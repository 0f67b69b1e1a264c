package bowline.bench.http;

import bowline.bench.server.ServerControl;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// The same site on Vert.x: one event loop, on the native transport, header fields prepared.
public final class VertxSite extends VerticleBase {
    private static final int BACKLOG = 4096;
    private static final Buffer BODY = Buffer.buffer("hello");
    private static final CharSequence TYPE = HttpHeaders.createOptimized("text/plain; charset=utf-8");
    private static final CharSequence LENGTH = HttpHeaders.createOptimized("" + BODY.length());

    private CharSequence date = now();

    /// Listens on a free port of the loopback and says which.
    public static void main(String... args) {
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true))
                .deployVerticle(new VertxSite())
                .await();
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(1000, _ -> date = now());
        return vertx.createHttpServer(new HttpServerOptions()
                        .setHttp2ClearTextEnabled(false)
                        .setStrictThreadMode(true)
                        .setAcceptBacklog(BACKLOG))
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .onSuccess(server -> ServerControl.start(server.actualPort()));
    }

    // The future of the end is let go: there is nothing to do about a client that has gone.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void answer(HttpServerRequest request) {
        request.response()
                .headers()
                .add(HttpHeaders.DATE, date)
                .add(HttpHeaders.CONTENT_TYPE, TYPE)
                .add(HttpHeaders.CONTENT_LENGTH, LENGTH);
        request.response().end(BODY);
    }

    private static CharSequence now() {
        return HttpHeaders.createOptimized(
                DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    }
}
