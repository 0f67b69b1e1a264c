package bowline.testing;

import bowline.machine.Machine;
import bowline.machine.PeerViolation;
import bowline.testing.generate.Choices;
import bowline.testing.generate.Generator;
import bowline.testing.generate.Generators;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
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
    private static final int CUTS = 8;

    /// Feeds `input` to a new machine at once, to another a byte at a time, and to others cut at random by
    /// `seed`, and checks that all give the same: a machine must not care where its bytes are cut (G7).
    ///
    /// @param copy turns an event into a value that outlives the bytes it came in, and has equality
    /// @throws AssertionError if they differ; it tells the cut and the seed
    public static <E, V> MachineRun<V> inAnyCut(
            long seed, byte[] input, Supplier<? extends Machine<E>> machine, Function<? super E, V> copy) {
        MachineRun<V> whole = of(input, List.of(input.length), machine.get(), copy);
        check(whole, of(input, Collections.nCopies(input.length, 1), machine.get(), copy), "a byte at a time");
        Generator<List<Integer>> cuts = Generators.cuts(input.length);
        Choices choices = Choices.ofSeed(seed);
        for (int number = 1; number <= CUTS; number++) {
            MachineRun<V> cut = of(input, cuts.from(choices), machine.get(), copy);
            check(whole, cut, "by cut " + number + " of seed " + seed);
        }
        return whole;
    }

    private static <V> void check(MachineRun<V> whole, MachineRun<V> cut, String how) {
        if (!whole.equals(cut)) {
            throw new AssertionError("fed " + how + ": " + cut + "; fed at once: " + whole);
        }
    }

    private static <E, V> MachineRun<V> of(
            byte[] input, List<Integer> pieces, Machine<E> machine, Function<? super E, V> copy) {
        var events = new ArrayList<V>();
        var unread = new UnreadBytes();
        int fed = 0;
        for (int length : pieces) {
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
