package bowline.simulation.fate;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which of the seed's decisions are carried out. What is not admitted goes the plain way: nothing is lost,
/// everything takes its least time, and comes in the order it was asked for.
public final class FaultFilter {
    /// Everything that the seed decides.
    public static final FaultFilter ALL = new FaultFilter(EnumSet.allOf(FaultKind.class), null);

    private final Set<FaultKind> kinds;
    private final @Nullable Set<Fault> only;

    private FaultFilter(Set<FaultKind> kinds, @Nullable Set<Fault> only) {
        this.kinds = kinds;
        this.only = only;
    }

    /// Faults of these kinds alone.
    public static FaultFilter kinds(Set<FaultKind> kinds) {
        return new FaultFilter(kinds.isEmpty() ? EnumSet.noneOf(FaultKind.class) : EnumSet.copyOf(kinds), null);
    }

    /// These faults alone.
    public static FaultFilter only(List<Fault> faults) {
        return new FaultFilter(EnumSet.allOf(FaultKind.class), new LinkedHashSet<>(faults));
    }

    /// Reads what [#toString] wrote: `all`, `none`, kinds or faults with commas between.
    ///
    /// @throws IllegalArgumentException if it cannot be read
    public static FaultFilter parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty() || trimmed.equals("all")) {
            return ALL;
        }
        if (trimmed.equals("none")) {
            return only(List.of());
        }
        List<String> parts = List.of(trimmed.split(",", -1));
        if (parts.getFirst().contains("@")) {
            return only(parts.stream().map(Fault::parse).toList());
        }
        return kinds(parts.stream().map(FaultKind::named).collect(Collectors.toSet()));
    }

    boolean admits(FaultKind kind, String where, long number) {
        return this == ALL || (only == null ? kinds.contains(kind) : only.contains(new Fault(kind, where, number)));
    }

    @Override
    public String toString() {
        if (this == ALL) {
            return "all";
        }
        Set<?> what = only == null ? kinds : only;
        return what.isEmpty() ? "none" : what.stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
