package bowline.bench.table;

import bowline.bench.server.Load;

/// A workload of a table.
///
/// @param name how the table calls it, and what `--rows` looks for
/// @param service which servers it needs
/// @param warmUpMillis how much processor time a server has under it before it is measured
public record Row(String name, Service service, Load load, long warmUpMillis) {
    private static final long WARM_UP_MILLIS = 1500;

    /// A row whose servers are soon as fast as they get.
    public Row(String name, Service service, Load load) {
        this(name, service, load, WARM_UP_MILLIS);
    }
}
