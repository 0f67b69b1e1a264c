package bowline.bench.table;

import bowline.bench.echo.BowlineEcho;
import bowline.bench.echo.NettyEcho;
import bowline.bench.echo.VertxEcho;
import bowline.bench.http.BowlineSite;
import bowline.bench.http.NettySite;
import bowline.bench.http.VertxSite;
import bowline.bench.server.Load;
import bowline.bench.server.NettyTransport;
import bowline.bench.server.Program;
import bowline.bench.udp.BowlineUdpEcho;
import bowline.bench.udp.NettyUdpEcho;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Bowline on each backend beside its peers and a floor in C: TCP, HTTP and UDP, without TLS.
///
///     java -cp … bowline.bench.table.PlainTable [OPTIONS]
public final class PlainTable {
    private static final Service ECHO = new Service("TCP, every byte sent back");
    private static final Service HTTP = new Service("HTTP/1.1, every request answered by `hello`");
    private static final Service UDP = new Service("UDP, every datagram sent back");

    private static final Family FLOOR = Family.bare("the floor in C");
    private static final Family BOWLINE = Family.java("Bowline's best");
    private static final Family NETTY = Family.java("Netty's best");
    private static final Family VERTX = Family.java("Vert.x");

    private static final List<Row> ROWS = List.of(
            new Row("echo 64 B, 1 connection", ECHO, Load.of("echo", "1", "1", "64")),
            new Row("echo 64 B, 64 connections", ECHO, Load.of("echo", "64", "1", "64")),
            new Row("echo 64 B, 1000 connections", ECHO, Load.of("echo", "1000", "1", "64")),
            new Row("echo 64 B, 64 connections, 16 deep", ECHO, Load.of("echo", "64", "16", "64")),
            new Row("echo 16 KiB, 16 connections", ECHO, Load.of("echo", "16", "1", "16384")),
            new Row("churn: connect, echo, close", ECHO, Load.of("churn", "32", "64")),
            new Row("HTTP plaintext, 64 connections", HTTP, Load.of("http", "64", "1")),
            new Row("HTTP plaintext, 64 connections, 16 deep", HTTP, Load.of("http", "64", "16")),
            new Row("UDP 64 B, 1 socket", UDP, Load.of("udp", "1", "1", "64")),
            new Row("UDP 64 B, 64 sockets", UDP, Load.of("udp", "64", "1", "64")),
            new Row("UDP 64 B, 1 socket, 32 deep", UDP, Load.of("udp", "1", "32", "64")),
            new Row("UDP 1200 B, 64 sockets", UDP, Load.of("udp", "64", "1", "1200")));

    private static final List<Idle> IDLES = List.of(
            new Idle("idle connection, nothing sent", ECHO, "load", "silent"),
            new Idle("idle HTTP connection, after a request", HTTP, "load", "http"));

    private static final List<Peer> PEERS = Stream.of(
                    Stream.of(tcpFloor("c-uring", "uring-server"), tcpFloor("c-epoll", "epoll-server"), udpFloor()),
                    Stream.of("uring", "epoll", "nio").map(PlainTable::bowline),
                    Stream.of(NettyTransport.values()).map(PlainTable::netty),
                    Stream.of(vertx()))
            .flatMap(each -> each)
            .toList();

    private static final int IDLE_CONNECTIONS = 50_000;

    private PlainTable() {}

    /// Measures what the arguments say, prints it, and writes the page.
    public static void main(String... args) throws IOException, InterruptedException {
        Table.run(
                new Subject(
                        "bench/run table",
                        PEERS,
                        ROWS,
                        IDLES,
                        List.of(BOWLINE),
                        List.of(FLOOR, NETTY, VERTX),
                        IDLE_CONNECTIONS),
                List.of(args));
    }

    private static Peer tcpFloor(String name, String source) {
        return new Peer(
                name,
                FLOOR,
                Map.of(ECHO, () -> Program.c(name, source, "echo"), HTTP, () -> Program.c(name, source, "http")));
    }

    private static Peer udpFloor() {
        return new Peer("c-recvmmsg", FLOOR, Map.of(UDP, () -> Program.c("c-recvmmsg", "udp-server")));
    }

    private static Peer bowline(String backend) {
        String name = "bowline-" + backend;
        return new Peer(
                name,
                BOWLINE,
                Map.of(
                        ECHO, () -> Program.java(name, BowlineEcho.class, backend),
                        HTTP, () -> Program.java(name, BowlineSite.class, backend),
                        UDP, () -> Program.java(name, BowlineUdpEcho.class, backend)));
    }

    private static Peer netty(NettyTransport transport) {
        String name = "netty-" + transport.name().toLowerCase(Locale.ROOT).replace('_', '-');
        String on = transport.name();
        return new Peer(
                name,
                NETTY,
                transport == NettyTransport.URING_BUFFERS
                        ? Map.of(
                                ECHO, () -> Program.java(name, NettyEcho.class, on),
                                HTTP, () -> Program.java(name, NettySite.class, on))
                        : Map.of(
                                ECHO, () -> Program.java(name, NettyEcho.class, on),
                                HTTP, () -> Program.java(name, NettySite.class, on),
                                UDP, () -> Program.java(name, NettyUdpEcho.class, on)));
    }

    private static Peer vertx() {
        return new Peer(
                "vertx",
                VERTX,
                Map.of(
                        ECHO, () -> Program.java("vertx", VertxEcho.class),
                        HTTP, () -> Program.java("vertx", VertxSite.class)));
    }
}
