package bowline.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Something that takes any bytes.
///
/// @param name as in `http1-request`
/// @param about what it is, for the list
/// @param seeds inputs to begin with, good ones for the most part
/// @param entry takes an input; throws [BrokenRule] or anything else when the input shows a fault of ours
public record Target(String name, String about, List<byte[]> seeds, Consumer<byte[]> entry) {

    static Target of(String name, String about, Consumer<byte[]> entry, String... seeds) {
        return new Target(name, about, Stream.of(seeds).map(Target::bytes).toList(), entry);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
