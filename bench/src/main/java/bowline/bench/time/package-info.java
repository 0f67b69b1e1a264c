/// What timed calls cost.
@NullMarked
package bowline.bench.time;

import org.jspecify.annotations.NullMarked;
