package bowline.testing;

import bowline.machine.Machine;
import bowline.machine.PeerViolation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a machine made of some bytes.
///
///     var run = MachineRun.inAnyCut(seed, bytes, () -> new LineFramer(LineOptions.crlf()), Ascii::text);
///     assertEquals(List.of("a", "b"), run.events());
///
/// @param events what it gave, copied
/// @param violation what the peer did wrong at the end of them, or null
/// @param <V> the copies
public record MachineRun<V>(List<V> events, @Nullable String violation) {

    /// Feeds `input` to a new machine at once, to another a byte at a time, and to others cut at random by
    /// `seed`, and checks that all give the same: a machine must not care where its bytes are cut (G7).
    ///
    /// @param copy turns an event into a value that outlives the bytes it came in, and has equality
    /// @throws AssertionError if they differ; it tells the cut and the seed
    public static <E, V> MachineRun<V> inAnyCut(
            long seed, byte[] input, Supplier<? extends Machine<E>> machine, Function<? super E, V> copy) {
        MachineRun<V> whole = of(input, () -> input.length, machine.get(), copy);
        check(whole, of(input, () -> 1, machine.get(), copy), "a byte at a time");
        var random = new Random(seed);
        for (int longest = 2; longest <= 64; longest *= 2) {
            int max = longest;
            MachineRun<V> cut = of(input, () -> 1 + random.nextInt(max), machine.get(), copy);
            check(whole, cut, "in pieces of up to " + max + " bytes, seed " + seed);
        }
        return whole;
    }

    private static <V> void check(MachineRun<V> whole, MachineRun<V> cut, String how) {
        if (!whole.equals(cut)) {
            throw new AssertionError("fed " + how + ": " + cut + "; fed at once: " + whole);
        }
    }

    private static <E, V> MachineRun<V> of(
            byte[] input, IntSupplier pieces, Machine<E> machine, Function<? super E, V> copy) {
        var events = new ArrayList<V>();
        var unread = new UnreadBytes();
        int fed = 0;
        while (fed < input.length) {
            int length = Math.min(pieces.getAsInt(), input.length - fed);
            unread.add(input, fed, length);
            fed += length;
            ByteBuffer lent = unread.lend();
            try {
                takeEvents(machine, lent, copy, events);
            } catch (PeerViolation violation) {
                return new MachineRun<>(events, violation.getMessage());
            }
            unread.takeBack(lent);
        }
        return new MachineRun<>(events, null);
    }

    private static <E, V> void takeEvents(
            Machine<E> machine, ByteBuffer lent, Function<? super E, V> copy, List<V> events) {
        for (E event = machine.next(lent); event != null; event = machine.next(lent)) {
            events.add(copy.apply(event));
        }
    }
}
