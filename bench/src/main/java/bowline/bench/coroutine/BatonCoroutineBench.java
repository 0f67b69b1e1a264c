package bowline.bench.coroutine;

import org.openjdk.jmh.annotations.Fork;

/// Coroutines on threads of their own, to which a baton is handed.
@Fork(value = 1, jvmArgsAppend = "-Dbowline.coroutines=baton")
public class BatonCoroutineBench extends CoroutineBench {}
