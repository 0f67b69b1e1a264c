package bowline.reactor.watch;

import java.util.List;
import java.util.function.Function;

/// The first of many things: what is shown of them, and how many there are.
///
/// @param shown those that are shown
/// @param all how many there are, with those that are not
public record Listed<T>(List<T> shown, int all) {
    /// Checks that what is shown is part of all.
    public Listed {
        shown = List.copyOf(shown);
        if (all < shown.size()) {
            throw new IllegalArgumentException(shown.size() + " of " + all + " are shown");
        }
    }

    /// The first `most` of `all`, each described by `description`: what is not shown is not described either.
    public static <A, T> Listed<T> first(int most, List<? extends A> all, Function<? super A, T> description) {
        List<T> shown = all.stream().limit(most).<T>map(description).toList();
        return new Listed<>(shown, all.size());
    }

    /// How many there are beside those shown.
    public int more() {
        return all - shown.size();
    }
}
