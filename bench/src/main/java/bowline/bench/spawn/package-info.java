/// How fast children are started and reaped.
///
/// Start at [SpawnBench], which runs the others by turns: [BowlineSpawn] on each backend, [JdkSpawn] by the JDK's
/// `ProcessBuilder`, and `spawn.c` by posix_spawn(3). Each is a program that prints what [SpawnLoop] prints.
@NullMarked
package bowline.bench.spawn;

import org.jspecify.annotations.NullMarked;
