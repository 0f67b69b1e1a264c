package bowline.bench.table;

import bowline.bench.server.Figures;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The figures of one row against each other.
record Ranking(Map<Peer, Figures> figures) {

    /// Who of this family has the lowest cost.
    Optional<Peer> best(Family family) {
        return figures.keySet().stream()
                .filter(peer -> peer.family().equals(family))
                .min(Comparator.comparingDouble(this::cost));
    }

    double cost(Peer peer) {
        return Objects.requireNonNull(figures.get(peer)).cost();
    }

    /// A peer's cost by that of the best of a family, as in `1.05`, or a dash where nothing is there to compare
    /// with.
    String ratio(Peer peer, Family with) {
        return best(with)
                .map(best -> String.format(Locale.ROOT, "%.2f", cost(peer) / cost(best)))
                .orElse("—");
    }
}
