/// What it costs to run a reactor on a GUI toolkit's event thread.
@NullMarked
package bowline.bench.gui;

import org.jspecify.annotations.NullMarked;
