package bowline.web.server;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The exchanges of a connection in the order of their requests. Each knows the one behind it, so that an empty row,
/// which is what most connections have, is next to nothing.
final class ExchangeRow {
    private @Nullable Exchange first;
    private @Nullable Exchange last;

    boolean isEmpty() {
        return first == null;
    }

    /// Whether there is exactly one.
    boolean isSingle() {
        return first != null && first == last;
    }

    @Nullable
    Exchange first() {
        return first;
    }

    @Nullable
    Exchange last() {
        return last;
    }

    void add(Exchange exchange) {
        if (last == null) {
            first = exchange;
        } else {
            last.next = exchange;
        }
        last = exchange;
    }

    void removeFirst() {
        if (first != null) {
            first = first.next;
            last = first == null ? null : last;
        }
    }

    void removeLast() {
        Exchange before = null;
        for (Exchange at = first; at != null && at != last; at = at.next) {
            before = at;
        }
        last = before;
        if (before == null) {
            first = null;
        } else {
            before.next = null;
        }
    }

    /// Empties the row and hands each to `taker`.
    void removeAll(Consumer<Exchange> taker) {
        Exchange at = first;
        first = null;
        last = null;
        for (; at != null; at = at.next) {
            taker.accept(at);
        }
    }
}
