package bowline.bench.table;

import bowline.bench.server.Figures;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// The figures of one row against each other.
record Ranking(Map<Peer, Figures> figures) {

    /// The lowest cost that a server of this family has.
    OptionalDouble best(Peer.Family family) {
        return figures.entrySet().stream()
                .filter(entry -> entry.getKey().family() == family)
                .mapToDouble(entry -> entry.getValue().cost())
                .min();
    }

    /// Who has this cost.
    Peer who(double cost) {
        return figures.entrySet().stream()
                .filter(entry -> entry.getValue().cost() == cost)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /// As in `1.05`, or a dash where nothing is there to compare with.
    static String ratio(double cost, OptionalDouble with) {
        return with.isPresent() ? String.format(Locale.ROOT, "%.2f", cost / with.getAsDouble()) : "—";
    }
}
