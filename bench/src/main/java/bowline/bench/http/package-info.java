/// HTTP: what a head costs, beside Netty's decoder.
///
/// Start at [HttpHeadBench]; [HeadCorpus] holds the requests.
@NullMarked
package bowline.bench.http;

import org.jspecify.annotations.NullMarked;
