package bowline.bench.server;

import java.util.List;
import java.util.Locale;

/// Two servers under the same load by turns: what one message costs each, and how many a second there were, as medians
/// and as the ratio of the first to the second, as [Rounds] measures them.
///
/// A ratio below 1 in `cost` and above 1 in `rate` is in the first one's favour.
public record Comparison(ServerProcess ours, ServerProcess theirs, Rounds rounds) {

    /// Compares them in so many samples of so many milliseconds.
    public Comparison(ServerProcess ours, ServerProcess theirs, int rounds, long millis) {
        this(ours, theirs, new Rounds(rounds, millis, 1));
    }

    /// Measures one load on both and prints a line.
    public void run(String name, Load load) {
        List<Figures> figures = rounds.run(List.of(ours, theirs), load);
        if (figures.size() < 2) {
            return; // which of them failed, and why, has been told
        }
        Figures our = figures.getFirst();
        Figures their = figures.getLast();
        IO.println(String.format(
                Locale.ROOT,
                "%-30s cost %6.2f us : %6.2f us = %.2f   rate %8.0f/s : %8.0f/s = %.2f   disturbed %d of %d",
                name,
                our.cost(),
                their.cost(),
                our.cost() / their.cost(),
                our.rate(),
                their.rate(),
                our.rate() / their.rate(),
                our.disturbed() + their.disturbed(),
                our.samples().size() + their.samples().size()));
    }
}
