package bowline.bench.table;

import bowline.bench.server.Figures;
import bowline.bench.server.Memory;
import bowline.bench.server.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Bowline on each backend beside its peers and a floor in C, over all kinds of load: what one message costs the server
/// in processor time, how many a second there were, and how these compare.
///
///     java -cp … bowline.bench.table.Table [OPTIONS]
///
/// Every server has core 0 to itself while it is measured, the load has core 1; [bowline.bench.server.Rounds] tells how
/// their turns go. Run with `--help` for the options.
public final class Table {
    private static final int USAGE_ERROR = 64;

    private final Options options;
    private final Map<Row, Map<Peer, Figures>> results = new LinkedHashMap<>();
    private final Map<Idle, Map<Peer, Memory>> held = new LinkedHashMap<>();

    private Table(Options options) {
        this.options = options;
    }

    /// Measures what the arguments say, prints it, and writes the page.
    public static void main(String... args) throws Exception {
        if (List.of(args).contains("--help")) {
            IO.println(Options.USAGE);
            return;
        }
        Options options;
        try {
            options = Options.parse(List.of(args));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(USAGE_ERROR);
            return;
        }
        var table = new Table(options);
        for (Service service : Service.values()) {
            table.measure(service);
        }
        for (Idle idle : Idle.ALL) {
            table.hold(idle);
        }
        new Page(table.results, table.held).write(table.options.page());
    }

    private void measure(Service service) {
        List<Row> rows = Row.ALL.stream()
                .filter(row -> row.service() == service && options.rows().test(row.name()))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        Map<ServerProcess, Peer> running = start(service);
        try {
            for (Row row : rows) {
                Map<Peer, Figures> figures = new LinkedHashMap<>();
                options.rounds()
                        .run(new ArrayList<>(running.keySet()), row.load())
                        .forEach(its -> figures.put(Objects.requireNonNull(running.get(its.server())), its));
                results.put(row, figures);
                print(row, figures);
            }
        } finally {
            running.keySet().forEach(ServerProcess::close);
        }
    }

    private Map<ServerProcess, Peer> start(Service service) {
        Map<ServerProcess, Peer> running = new LinkedHashMap<>();
        for (Peer peer : Peer.ALL) {
            if (peer.serves(service) && options.servers().test(peer.name())) {
                try {
                    running.put(ServerProcess.start(peer.program(service)), peer);
                } catch (IOException absent) {
                    IO.println(peer.name() + " is left out: " + absent.getMessage());
                }
            }
        }
        return running;
    }

    private void hold(Idle idle) throws IOException, InterruptedException {
        if (!options.rows().test(idle.name())) {
            return;
        }
        int connections = Idle.connections(options.idleConnections());
        IO.println(idle.name() + ", " + connections + " held");
        Map<Peer, Memory> figures = new LinkedHashMap<>();
        held.put(idle, figures);
        for (Peer peer : Peer.ALL) {
            if (peer.serves(idle.service()) && options.servers().test(peer.name())) {
                try {
                    Memory its = idle.measure(peer, connections);
                    figures.put(peer, its);
                    IO.println(String.format(
                            Locale.ROOT,
                            "  %-20s heap %6d B   outside of it %6d B   kernel, both ends %6d B",
                            peer.name(),
                            its.heap(),
                            its.resident(),
                            its.kernel()));
                } catch (IOException absent) {
                    IO.println("  " + peer.name() + " is left out: " + absent.getMessage());
                }
            }
        }
    }

    private static void print(Row row, Map<Peer, Figures> figures) {
        var ranking = new Ranking(figures);
        IO.println(row.name());
        figures.forEach((peer, its) -> IO.println(String.format(
                Locale.ROOT,
                "  %-20s %7.2f us +-%2.0f %% %9.0f/s   of the floor %s   of Netty's best %s%s",
                peer.name(),
                its.cost(),
                its.spread() * 100,
                its.rate(),
                Ranking.ratio(its.cost(), ranking.best(Peer.Family.FLOOR)),
                Ranking.ratio(its.cost(), ranking.best(Peer.Family.NETTY)),
                its.disturbed() == 0
                        ? ""
                        : "   disturbed " + its.disturbed() + " of "
                                + its.samples().size())));
    }
}
