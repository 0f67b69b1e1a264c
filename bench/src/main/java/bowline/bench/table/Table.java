package bowline.bench.table;

import bowline.bench.server.Figures;
import bowline.bench.server.Memory;
import bowline.bench.server.Program;
import bowline.bench.server.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Measures a [Subject]: what one message costs each server in processor time, how many a second there were, and how
/// these compare.
///
/// Every server has core 0 to itself while it is measured, the load has core 1; [bowline.bench.server.Rounds] tells how
/// their turns go. Run with `--help` for the options.
public final class Table {
    private static final int USAGE_ERROR = 64;

    private final Subject subject;
    private final Options options;
    private final Map<Row, Map<Peer, Figures>> results = new LinkedHashMap<>();
    private final Map<Idle, Map<Peer, Memory>> held = new LinkedHashMap<>();

    private Table(Subject subject, Options options) {
        this.subject = subject;
        this.options = options;
    }

    /// Measures what the arguments say, prints it, and writes the page.
    public static void run(Subject subject, List<String> args) throws IOException, InterruptedException {
        if (args.contains("--help")) {
            IO.println(Options.usage(subject));
            return;
        }
        Options options;
        try {
            options = Options.parse(subject, args);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(USAGE_ERROR);
            return;
        }
        new Table(subject, options).measure();
    }

    private void measure() throws IOException, InterruptedException {
        for (Service service : subject.services()) {
            measure(service);
        }
        for (Idle idle : subject.idles()) {
            hold(idle);
        }
        new Page(subject, results, held).write(options.page());
    }

    private void measure(Service service) {
        List<Row> rows = subject.rows().stream()
                .filter(row -> row.service().equals(service) && options.rows().test(row.name()))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        Map<ServerProcess, Peer> running = start(service);
        try {
            for (Row row : rows) {
                Map<Peer, Figures> figures = new LinkedHashMap<>();
                options.rounds()
                        .warmUp(row.warmUpMillis())
                        .run(new ArrayList<>(running.keySet()), row.load())
                        .forEach(its -> figures.put(Objects.requireNonNull(running.get(its.server())), its));
                results.put(row, figures);
                print(row, figures);
            }
        } finally {
            running.keySet().forEach(ServerProcess::close);
        }
    }

    private List<Peer> peers(Service service) {
        return subject.peers().stream()
                .filter(peer -> peer.serves(service) && options.servers().test(peer.name()))
                .toList();
    }

    private Map<ServerProcess, Peer> start(Service service) {
        Map<ServerProcess, Peer> running = new LinkedHashMap<>();
        for (Peer peer : peers(service)) {
            try {
                running.put(ServerProcess.start(program(peer, service)), peer);
            } catch (IOException absent) {
                IO.println(peer.name() + " is left out: " + absent.getMessage());
            }
        }
        return running;
    }

    private static Program program(Peer peer, Service service) throws IOException {
        try {
            return Objects.requireNonNull(peer.programs().get(service)).get();
        } catch (IllegalStateException absent) {
            throw new IOException(absent.getMessage(), absent);
        }
    }

    private void hold(Idle idle) throws IOException, InterruptedException {
        if (!options.rows().test(idle.name())) {
            return;
        }
        int connections = Idle.connections(options.idleConnections());
        IO.println(idle.name() + ", " + connections + " held");
        Map<Peer, Memory> figures = new LinkedHashMap<>();
        held.put(idle, figures);
        for (Peer peer : peers(idle.service())) {
            try {
                Memory its = idle.measure(
                        program(peer, idle.service()), peer.family().collects(), connections);
                figures.put(peer, its);
                IO.println(String.format(
                        Locale.ROOT,
                        "  %-24s heap %6d B   outside of it %6d B   kernel, both ends %6d B",
                        peer.name(),
                        its.heap(),
                        its.resident(),
                        its.kernel()));
            } catch (IOException absent) {
                IO.println("  " + peer.name() + " is left out: " + absent.getMessage());
            }
        }
    }

    private void print(Row row, Map<Peer, Figures> figures) {
        var ranking = new Ranking(figures);
        IO.println(row.name());
        figures.forEach((peer, its) -> IO.println(String.format(
                Locale.ROOT,
                "  %-24s %7.2f us +-%2.0f %% %9.0f/s%s%s",
                peer.name(),
                its.cost(),
                its.spread() * 100,
                its.rate(),
                subject.others().stream()
                        .map(family -> "   of " + family.name() + " " + ranking.ratio(peer, family))
                        .collect(Collectors.joining()),
                its.disturbed() == 0
                        ? ""
                        : "   disturbed " + its.disturbed() + " of "
                                + its.samples().size())));
    }
}
