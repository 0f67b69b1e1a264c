/// UDP echo: the same server on Bowline and Netty, which [bowline.bench.table.Table] measures beside each other.
@NullMarked
package bowline.bench.udp;

import org.jspecify.annotations.NullMarked;
