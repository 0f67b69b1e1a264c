package bowline.attack;

import bowline.reactor.Reactor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What may be seen of a service that runs in this process, or of its log. Without it a rule that does not show from
/// outside is not tried, and the report says so.
///
///     Inside.of(reactorOfTheService).heap().log(LogTail::ofThisProcess)
///
/// @param turns how many turns the service's loop has made (G8); null: unknown
/// @param retained how many bytes the service holds (G1, G4); null: unknown
/// @param log opens its log (G10); null: unknown
public record Inside(@Nullable LongSupplier turns, @Nullable LongSupplier retained, LogTail.@Nullable Source log) {

    /// Nothing can be seen.
    public static final Inside NOTHING = new Inside(null, null, null);

    /// The turns of the service's reactor can be seen. It should be another than the attacker's, whose own turns
    /// would hide those of the service.
    public static Inside of(Reactor reactor) {
        return new Inside(() -> reactor.watch().stats().turns(), null, null);
    }

    /// The memory of this process can be seen: its heap is collected and measured.
    public Inside heap() {
        Runtime process = Runtime.getRuntime();
        return retained(() -> {
            process.gc();
            return process.totalMemory() - process.freeMemory();
        });
    }

    /// How many bytes the service holds can be seen so.
    public Inside retained(LongSupplier bytes) {
        return new Inside(turns, bytes, log);
    }

    /// Its log can be seen so.
    public Inside log(LogTail.Source source) {
        return new Inside(turns, retained, source);
    }
}
