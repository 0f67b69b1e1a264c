package bowline.bench.table;

import bowline.bench.echo.BowlineEcho;
import bowline.bench.echo.NettyEcho;
import bowline.bench.echo.VertxEcho;
import bowline.bench.http.BowlineSite;
import bowline.bench.http.NettySite;
import bowline.bench.http.VertxSite;
import bowline.bench.server.NettyTransport;
import bowline.bench.server.Program;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Somebody in the table: a kind of server, on one way to do I/O.
///
/// @param name as in `bowline-uring`
/// @param on the source in C, the backend of Bowline or the transport of Netty
record Peer(String name, Family family, String on) {

    /// Whose server it is.
    enum Family {
        /// Ours in C, which no server can be expected to beat.
        FLOOR,
        BOWLINE,
        NETTY,
        VERTX
    }

    /// All there are, in the order of the table's columns.
    static final List<Peer> ALL = Stream.of(
                    Stream.of(
                            new Peer("c-uring", Family.FLOOR, "uring-server"),
                            new Peer("c-epoll", Family.FLOOR, "epoll-server")),
                    Stream.of("uring", "epoll", "nio")
                            .map(backend -> new Peer("bowline-" + backend, Family.BOWLINE, backend)),
                    Stream.of(NettyTransport.values()).map(Peer::netty),
                    Stream.of(new Peer("vertx", Family.VERTX, "")))
            .flatMap(each -> each)
            .toList();

    private static Peer netty(NettyTransport transport) {
        String name = transport.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Peer("netty-" + name, Family.NETTY, transport.name());
    }

    /// Its program that does this.
    Program program(Service service) {
        return switch (family) {
            case FLOOR -> Program.c(name, on, service == Service.ECHO ? "echo" : "http");
            case BOWLINE -> Program.java(name, service == Service.ECHO ? BowlineEcho.class : BowlineSite.class, on);
            case NETTY -> Program.java(name, service == Service.ECHO ? NettyEcho.class : NettySite.class, on);
            case VERTX -> Program.java(name, service == Service.ECHO ? VertxEcho.class : VertxSite.class);
        };
    }
}
