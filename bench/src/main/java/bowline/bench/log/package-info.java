/// What a log call by SLF4J costs: our provider beside Logback.
@NullMarked
package bowline.bench.log;

import org.jspecify.annotations.NullMarked;
