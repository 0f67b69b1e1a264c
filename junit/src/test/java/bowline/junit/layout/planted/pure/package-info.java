/// Says that it is pure, and is not.
@SansIo
@NullMarked
package bowline.junit.layout.planted.pure;

import bowline.bytes.SansIo;
import org.jspecify.annotations.NullMarked;
