package bowline.bench.table;

import bowline.bench.server.Figures;
import bowline.bench.server.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The results as Markdown, put into a page between two comments.
record Page(Subject subject, Map<Row, Map<Peer, Figures>> results, Map<Idle, Map<Peer, Memory>> held) {
    private static final String END = "<!-- End of figures -->\n";
    private static final double MANY = 100;

    /// Replaces the figures of the page, or puts them at its end.
    void write(Path page) throws IOException {
        String marker = "<!-- Figures: written by " + subject.command() + " -->\n";
        String text = Files.exists(page) ? Files.readString(page) : "";
        int begin = text.indexOf(marker);
        int end = begin < 0 ? -1 : text.indexOf(END, begin);
        String before = begin < 0 ? text : text.substring(0, begin);
        String after = end < 0 ? "" : text.substring(end + END.length());
        Files.writeString(page, before + marker + "\n" + figures() + "\n" + END + after);
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
                peer.family().collects() ? its.heap() : "—",
                its.resident(),
                its.kernel()))));
        return text.toString();
    }

    private String costs() {
        List<Peer> peers = subject.peers().stream()
                .filter(peer -> results.values().stream().anyMatch(row -> row.containsKey(peer)))
                .toList();
        return line(
                        "microseconds of processor time (thousands a second)",
                        peers.stream().map(Peer::name))
                + rule(peers.size())
                + results.entrySet().stream()
                        .map(row -> line(
                                row.getKey().name(),
                                peers.stream().map(peer -> cell(row.getValue().get(peer)))))
                        .collect(Collectors.joining());
    }

    private static String line(String first, Stream<String> cells) {
        return Stream.concat(Stream.of(first), cells).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String rule(int cells) {
        return "|---|" + "---|".repeat(cells) + "\n";
    }

    private static String cell(@Nullable Figures its) {
        if (its == null) {
            return "—";
        }
        return String.format(
                Locale.ROOT,
                "%s%s ±%.0f %% (%s)",
                its.cost() < 1
                        ? String.format(Locale.ROOT, "%.3f", its.cost())
                        : String.format(Locale.ROOT, its.cost() < MANY ? "%.2f" : "%.0f", its.cost()),
                its.disturbed() == 0 ? "" : "*",
                its.spread() * 100,
                String.format(Locale.ROOT, its.rate() / 1000 < MANY / 10 ? "%.2f" : "%.0f", its.rate() / 1000));
    }

    private String ratios() {
        return line(
                        "best by cost",
                        Stream.concat(
                                Stream.of("server"), subject.others().stream().map(family -> "of " + family.name())))
                + rule(1 + subject.others().size())
                + results.entrySet().stream()
                        .flatMap(row -> ratios(row.getKey(), new Ranking(row.getValue())))
                        .collect(Collectors.joining());
    }

    private Stream<String> ratios(Row row, Ranking ranking) {
        return subject.ours().stream()
                .flatMap(family -> ranking.best(family).stream())
                .map(best -> line(
                        row.name(),
                        Stream.concat(
                                Stream.of(best.name()),
                                subject.others().stream().map(family -> ranking.ratio(best, family)))));
    }
}
