/// Programs that no seed decides, for DeterminismTest to find.
@NullMarked
package bowline.simulation.wild;

import org.jspecify.annotations.NullMarked;
