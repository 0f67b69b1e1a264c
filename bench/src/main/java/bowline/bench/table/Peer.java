package bowline.bench.table;

import bowline.bench.echo.BowlineEcho;
import bowline.bench.echo.NettyEcho;
import bowline.bench.echo.VertxEcho;
import bowline.bench.http.BowlineSite;
import bowline.bench.http.NettySite;
import bowline.bench.http.VertxSite;
import bowline.bench.server.NettyTransport;
import bowline.bench.server.Program;
import bowline.bench.udp.BowlineUdpEcho;
import bowline.bench.udp.NettyUdpEcho;
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
                            new Peer("c-epoll", Family.FLOOR, "epoll-server"),
                            new Peer("c-recvmmsg", Family.FLOOR, "udp-server")),
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

    /// Whether it has a program that does this.
    boolean serves(Service service) {
        return switch (on) {
            case "udp-server" -> service == Service.UDP;
            case "uring-server", "epoll-server", "URING_BUFFERS", "" -> service != Service.UDP;
            default -> true;
        };
    }

    /// Its program that does this.
    Program program(Service service) {
        return switch (family) {
            case FLOOR -> Program.c(name, on, service == Service.HTTP ? "http" : "echo");
            case BOWLINE ->
                Program.java(name, byService(service, BowlineEcho.class, BowlineSite.class, BowlineUdpEcho.class), on);
            case NETTY ->
                Program.java(name, byService(service, NettyEcho.class, NettySite.class, NettyUdpEcho.class), on);
            case VERTX -> Program.java(name, service == Service.ECHO ? VertxEcho.class : VertxSite.class);
        };
    }

    private static Class<?> byService(Service service, Class<?> echo, Class<?> http, Class<?> udp) {
        return switch (service) {
            case ECHO -> echo;
            case HTTP -> http;
            case UDP -> udp;
        };
    }
}
