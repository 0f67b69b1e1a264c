/// The tables of `docs/performance.md`: Bowline and its peers under many loads, one table for each [Subject].
///
/// Start at [Table]. It starts each [Peer] and puts it under the load of each [Row]; [Page] writes what came out.
/// [PlainTable] is the subject of everything without TLS.
@NullMarked
package bowline.bench.table;

import org.jspecify.annotations.NullMarked;
