package bowline.bench.tls;

import bowline.bench.server.Load;
import bowline.bench.server.NettyTransport;
import bowline.bench.server.Program;
import bowline.bench.table.Family;
import bowline.bench.table.Idle;
import bowline.bench.table.Peer;
import bowline.bench.table.Row;
import bowline.bench.table.Service;
import bowline.bench.table.Subject;
import bowline.bench.table.Table;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Bowline over each implementation of TLS beside Netty over two and nginx: handshakes, bulk, small records, idle
/// connections; TLS 1.3 with X25519 and TLS_AES_128_GCM_SHA256 for all.
///
///     java -cp … bowline.bench.tls.TlsTable [OPTIONS]
public final class TlsTable {
    private static final Service GREET_EC = new Service("one byte to everybody, with a key on P-256");
    private static final Service GREET_RSA = new Service("one byte to everybody, with an RSA key of 2048 bits");
    private static final Service ECHO = new Service("every byte sent back");
    private static final Service SEND = new Service("1 MiB for each request");
    private static final Service RECEIVE = new Service("everything received and forgotten");

    private static final Family FLOOR = Family.bare("OpenSSL in C");
    private static final Family BOWLINE_JSSE = Family.java("Bowline over JSSE");
    private static final Family BOWLINE_OPENSSL = Family.java("Bowline over OpenSSL");
    private static final Family BOWLINE_CORRETTO = Family.java("Bowline over JSSE with Corretto's provider");
    private static final Family NETTY_JSSE = Family.java("Netty over JSSE");
    private static final Family NETTY_BORINGSSL = Family.java("Netty over BoringSSL");
    private static final Family NGINX = Family.bare("nginx");

    private static final String LOAD = "tls-load";
    /// JSSE's handshakes need some thousand repeats.
    private static final long HANDSHAKES_WARM_UP_MILLIS = 5000;
    private static final int IDLE_CONNECTIONS = 10_000;

    private static final List<Row> ROWS = List.of(
            handshakes("full handshake, EC P-256", GREET_EC, "full"),
            handshakes("resumed handshake", GREET_EC, "resumed"),
            handshakes("full handshake, RSA-2048", GREET_RSA, "full"),
            new Row("echo 64 B, 1 connection", ECHO, load("echo", "1", "64")),
            new Row("echo 64 B, 64 connections", ECHO, load("echo", "64", "64")),
            new Row("bulk: server sends 1 MB", SEND, load("pull", "1")),
            new Row("bulk: server receives 1 MB", RECEIVE, load("push", "1")));

    private static final List<Idle> IDLES = List.of(
            new Idle("idle connection, after the handshake", SEND, LOAD, "shaken"),
            new Idle("idle connection, after an echo", ECHO, LOAD, "echoed"));

    private static final List<Peer> PEERS = Stream.of(
                    Stream.of(floor()),
                    bowline("jsse", BOWLINE_JSSE),
                    bowline("openssl", BOWLINE_OPENSSL),
                    bowline("corretto", BOWLINE_CORRETTO),
                    netty("jsse", NETTY_JSSE, SslProvider.JDK),
                    netty("boringssl", NETTY_BORINGSSL, SslProvider.OPENSSL),
                    Stream.of(nginx()))
            .flatMap(each -> each)
            .toList();

    private TlsTable() {}

    /// Measures what the arguments say, prints it, and writes the page.
    public static void main(String... args) throws IOException, InterruptedException {
        Identity.makeAll();
        Table.run(
                new Subject(
                        "bench/run tls",
                        PEERS,
                        ROWS,
                        IDLES,
                        List.of(BOWLINE_JSSE, BOWLINE_OPENSSL, BOWLINE_CORRETTO),
                        List.of(NETTY_JSSE, NETTY_BORINGSSL, NGINX, FLOOR),
                        IDLE_CONNECTIONS),
                List.of(args));
    }

    private static Load load(String... workload) {
        return Load.by(LOAD, List.of(workload));
    }

    private static Row handshakes(String name, Service service, String kind) {
        return new Row(name, service, load("shake", "32", kind), HANDSHAKES_WARM_UP_MILLIS);
    }

    private static Peer floor() {
        return new Peer(
                "c-openssl",
                FLOOR,
                programs((duty, identity) -> Program.c(
                        "c-openssl",
                        "tls-server",
                        duty.name(),
                        identity.certificate().toString(),
                        identity.key().toString())));
    }

    private static Stream<Peer> bowline(String provider, Family family) {
        return Stream.of("uring", "epoll").map(backend -> {
            String name = "bowline-" + provider + "-" + backend;
            return new Peer(
                    name,
                    family,
                    programs((duty, identity) ->
                            Program.java(name, BowlineTls.class, duty.name(), identity.name(), backend, provider)));
        });
    }

    private static Stream<Peer> netty(String provider, Family family, SslProvider implementation) {
        return Stream.of(NettyTransport.EPOLL, NettyTransport.URING).map(transport -> {
            String name = "netty-" + provider + "-" + transport.name().toLowerCase(Locale.ROOT);
            return new Peer(
                    name,
                    family,
                    programs((duty, identity) -> Program.java(
                            name,
                            NettyTls.class,
                            duty.name(),
                            identity.name(),
                            transport.name(),
                            implementation.name())));
        });
    }

    private static Peer nginx() {
        var programs = new HashMap<>(programs(Nginx::program));
        programs.remove(ECHO);
        return new Peer("nginx", NGINX, programs);
    }

    private static Map<Service, Supplier<Program>> programs(BiFunction<Duty, Identity, Program> program) {
        return Map.of(
                GREET_EC, () -> program.apply(Duty.GREET, Identity.EC),
                GREET_RSA, () -> program.apply(Duty.GREET, Identity.RSA),
                ECHO, () -> program.apply(Duty.ECHO, Identity.EC),
                SEND, () -> program.apply(Duty.SEND, Identity.EC),
                RECEIVE, () -> program.apply(Duty.RECEIVE, Identity.EC));
    }
}
