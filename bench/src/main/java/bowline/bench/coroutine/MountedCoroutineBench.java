package bowline.bench.coroutine;

import org.openjdk.jmh.annotations.Fork;

/// Coroutines on the loop's own thread. A fork without the opened package would fail, and not measure something else.
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-opens=java.base/java.lang=ALL-UNNAMED", "-Dbowline.coroutines=mounted"})
public class MountedCoroutineBench extends CoroutineBench {}
