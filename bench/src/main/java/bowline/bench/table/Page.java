package bowline.bench.table;

import bowline.bench.server.Figures;
import bowline.bench.server.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The results as Markdown, put into a page between two comments.
record Page(Map<Row, Map<Peer, Figures>> results, Map<Idle, Map<Peer, Memory>> held) {
    private static final String BEGIN = "<!-- Figures: written by bench/run table -->\n";
    private static final String END = "<!-- End of figures -->\n";

    /// Replaces the figures of the page, or makes a page of nothing else.
    void write(Path page) throws IOException {
        String text = Files.exists(page) ? Files.readString(page) : "";
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        String before = begin < 0 ? text : text.substring(0, begin);
        String after = end < 0 ? "" : text.substring(end + END.length());
        Files.writeString(page, before + BEGIN + "\n" + figures() + "\n" + END + after);
        IO.println("written to " + page);
    }

    private String figures() {
        return Stream.of(results.isEmpty() ? "" : costs(), results.isEmpty() ? "" : ratios(), memory())
                .filter(table -> !table.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String memory() {
        if (held.isEmpty()) {
            return "";
        }
        var text = new StringBuilder(
                "| bytes a connection | server | heap | outside of it | kernel, both ends |\n|---|---|---|---|---|\n");
        held.forEach((idle, figures) -> figures.forEach((peer, its) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %d | %d |\n",
                idle.name(),
                peer.name(),
                peer.family() == Peer.Family.FLOOR ? "—" : its.heap(),
                its.resident(),
                its.kernel()))));
        return text.toString();
    }

    private String costs() {
        List<Peer> peers = Peer.ALL.stream()
                .filter(peer -> results.values().stream().anyMatch(row -> row.containsKey(peer)))
                .toList();
        var text = new StringBuilder("| microseconds of processor time (thousands a second) |");
        peers.forEach(peer -> text.append(' ').append(peer.name()).append(" |"));
        text.append("\n|---|").append("---|".repeat(peers.size())).append('\n');
        results.forEach((row, figures) -> text.append(peers.stream()
                .map(peer -> cell(figures.get(peer)))
                .collect(Collectors.joining(" | ", "| " + row.name() + " | ", " |\n"))));
        return text.toString();
    }

    private static String cell(@Nullable Figures its) {
        if (its == null) {
            return "—";
        }
        return String.format(
                Locale.ROOT,
                its.cost() < 1 ? "%.3f%s ±%.0f %% (%.0f)" : "%.2f%s ±%.0f %% (%.0f)",
                its.cost(),
                its.disturbed() == 0 ? "" : "*",
                its.spread() * 100,
                its.rate() / 1000);
    }

    private String ratios() {
        var text = new StringBuilder("""
                | Bowline's best by cost | backend | of the floor in C | of Netty's best | of Vert.x |
                |---|---|---|---|---|
                """);
        results.forEach((row, figures) -> {
            var ranking = new Ranking(figures);
            OptionalDouble best = ranking.best(Peer.Family.BOWLINE);
            if (best.isPresent()) {
                text.append(String.format(
                        "| %s | %s | %s | %s | %s |\n",
                        row.name(),
                        ranking.who(best.getAsDouble()).on(),
                        Ranking.ratio(best.getAsDouble(), ranking.best(Peer.Family.FLOOR)),
                        Ranking.ratio(best.getAsDouble(), ranking.best(Peer.Family.NETTY)),
                        Ranking.ratio(best.getAsDouble(), ranking.best(Peer.Family.VERTX))));
            }
        });
        return text.toString();
    }
}
