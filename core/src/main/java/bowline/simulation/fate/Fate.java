package bowline.simulation.fate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a seed decides. For one thread.
public final class Fate {
    private final long seed;
    private final FaultFilter filter;
    private final Map<String, Draws> streams = new LinkedHashMap<>();
    private final List<Fault> struck = new ArrayList<>();
    private boolean recording;

    /// @param filter what of it is carried out
    public Fate(long seed, FaultFilter filter) {
        this.seed = seed;
        this.filter = filter;
    }

    /// The seed.
    public long seed() {
        return seed;
    }

    /// What of it is carried out.
    public FaultFilter filter() {
        return filter;
    }

    /// Remembers from now on which decisions made a difference, for [#struck].
    public void record() {
        recording = true;
    }

    /// What has made a difference since [#record], in order.
    public List<Fault> struck() {
        return List.copyOf(struck);
    }

    /// The stream of that kind and place, always the same one.
    public Draws draws(FaultKind kind, String where) {
        return streams.computeIfAbsent(kind + "@" + where, name -> new Draws(this, kind, where, hash(seed, name)));
    }

    /// A number that depends on the seed and on this name alone: what other generators are seeded with.
    public long seedFor(String name) {
        return hash(seed, name);
    }

    boolean admits(FaultKind kind, String where, long number) {
        return filter.admits(kind, where, number);
    }

    void struck(FaultKind kind, String where, long number) {
        if (recording) {
            struck.add(new Fault(kind, where, number));
        }
    }

    private static long hash(long seed, String name) {
        long hash = mix(seed);
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash ^ name.charAt(i));
        }
        return hash;
    }

    /// Spreads every bit over all others (the finisher of SplitMix64).
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
