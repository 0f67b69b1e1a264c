/// HTTP: the same site on Bowline, Netty and Vert.x, which [bowline.bench.table.Table] measures beside each other; and
/// what a head costs, beside Netty's decoder.
///
/// Start at [BowlineSite] or [HttpHeadBench]; [HeadCorpus] holds the latter's requests.
@NullMarked
package bowline.bench.http;

import org.jspecify.annotations.NullMarked;
