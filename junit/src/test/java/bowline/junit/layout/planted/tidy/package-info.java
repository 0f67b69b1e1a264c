/// Nothing wrong here.
@SansIo
@NullMarked
package bowline.junit.layout.planted.tidy;

import bowline.bytes.SansIo;
import org.jspecify.annotations.NullMarked;
