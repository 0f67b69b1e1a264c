package bowline.bench.table;

import java.util.List;

/// What a table compares.
///
/// @param command that makes it, as in `bench/run table`
/// @param peers in the order of its columns
/// @param ours whose best servers are put beside the best of others
/// @param others those others
/// @param idleConnections how many to hold at most
public record Subject(
        String command,
        List<Peer> peers,
        List<Row> rows,
        List<Idle> idles,
        List<Family> ours,
        List<Family> others,
        int idleConnections) {

    /// The services of its rows, each once.
    List<Service> services() {
        return rows.stream().map(Row::service).distinct().toList();
    }
}
