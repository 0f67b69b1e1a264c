package bowline.attack;

import bowline.machine.Machine;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Our attacks: one for each of the rules G1 to G12, which hold for every protocol; and some that are pointed at a
/// part of a program instead of a service.
public final class Attacks {
    private static final List<Attack> ALL = List.of(
            new LengthAttack(),
            new CountAttack(),
            new InjectionAttack(),
            new BombAttack(),
            new PhaseAttack(),
            new SlowAttack(),
            new PiecesAttack(),
            new SpinAttack(),
            new FloodAttack(),
            new LogAttack(),
            new TokenAttack(),
            new TimingAttack());

    private Attacks() {}

    /// Those on services, in the order of their rules.
    public static List<Attack> all() {
        return ALL;
    }

    /// Those of `attacks` that are called so, in their order.
    ///
    /// @throws IllegalArgumentException if one of the names is none of theirs
    static List<Attack> named(Collection<String> wanted, List<Attack> attacks) {
        List<String> names = wanted.stream()
                .map(name -> name.strip().toUpperCase(Locale.ROOT))
                .toList();
        for (String name : names) {
            if (attacks.stream().noneMatch(attack -> attack.rule().equals(name))) {
                throw new IllegalArgumentException("there is no rule " + name + "; there are "
                        + attacks.stream().map(Attack::rule).collect(Collectors.joining(", ")));
            }
        }
        return attacks.stream().filter(attack -> names.contains(attack.rule())).toList();
    }

    /// G3: whatever text is encoded is decoded to the same, or refused with [IllegalArgumentException].
    ///
    /// @param name what is encoded, as in `header value`
    public static Attack encoder(String name, Function<String, byte[]> encode, Function<byte[], String> decode) {
        return new EncoderAttack(name, encode, decode);
    }

    /// G4: what unfolds to more than `limit` bytes is refused with an exception; what unfolds to as many is not.
    ///
    /// @param name what is decoded, as in `gzip bodies`
    /// @param decoder unfolds bytes that gzip has compressed, and answers how many they are
    public static Attack decoder(String name, int limit, UnfoldingDecoder decoder) {
        return new DecoderAttack(name, limit, decoder);
    }

    /// G7: a machine makes the same of its bytes wherever they are cut, and is not slower by the square of their
    /// number when they come one at a time.
    ///
    /// @param name of the machine
    /// @param input valid bytes, about so many
    public static Attack machine(String name, IntFunction<byte[]> input, Supplier<? extends Machine<?>> machines) {
        return new MachineAttack(name, input, machines);
    }

    /// Unfolds what was compressed.
    @FunctionalInterface
    public interface UnfoldingDecoder {
        /// How many bytes it is; throws if it is more than allowed.
        long decode(byte[] zipped) throws Exception;
    }
}
