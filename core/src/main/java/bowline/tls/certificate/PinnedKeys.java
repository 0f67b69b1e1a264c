package bowline.tls.certificate;

import java.util.List;
import java.util.Set;

/// Believes whoever has one of certain keys. The peer's own certificate must be of such a key; who vouches for it, its
/// names and its dates are not looked at, as in RFC 7671 §5.1: the key is who it is. Its length is.
///
/// @param pins one at least
public record PinnedKeys(Set<KeyPin> pins) implements Trust {
    /// Copies and checks.
    public PinnedKeys {
        pins = Set.copyOf(pins);
        if (pins.isEmpty()) {
            throw new IllegalArgumentException("with no pinned key nobody could be believed");
        }
    }

    /// Pins as people write them, see [KeyPin#parse].
    ///
    /// @throws IllegalArgumentException if one is none, or there is none
    public static PinnedKeys of(String... pins) {
        return new PinnedKeys(
                Set.copyOf(List.of(pins).stream().map(KeyPin::parse).toList()));
    }
}
