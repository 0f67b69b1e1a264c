package bowline.bench.table;

/// Whose servers these are.
///
/// @param name how tables call the best of them, as in `Netty's best`
/// @param collects whether they have a heap, and can be asked about it
public record Family(String name, boolean collects) {

    /// Those that run in a JVM.
    public static Family java(String name) {
        return new Family(name, true);
    }

    /// Those that run without one.
    public static Family bare(String name) {
        return new Family(name, false);
    }
}
