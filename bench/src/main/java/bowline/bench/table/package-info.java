/// The table of `docs/performance.md`: Bowline, its peers and a floor in C over all loads.
///
/// Start at [Table]. It starts each [Peer] and puts it under the load of each [Row]; [Page] writes what came out.
@NullMarked
package bowline.bench.table;

import org.jspecify.annotations.NullMarked;
