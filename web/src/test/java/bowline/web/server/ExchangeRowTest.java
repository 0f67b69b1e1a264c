package bowline.web.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.testing.MemoryTransport;
import bowline.web.message.Headers;
import bowline.web.message.RequestHead;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// H1-9: the row that keeps exchanges in the order of their requests.
class ExchangeRowTest {
    private final Site site = new Site(_ -> {
        throw new AssertionError("nothing is asked");
    });

    private Exchange exchange() {
        var protocol = site.buildProtocol(new MemoryTransport().peer());
        return new Exchange(Objects.requireNonNull(protocol), new RequestHead("GET", "/", Headers.EMPTY));
    }

    @Test
    @DisplayName("H1-9: behaves as a deque does, whatever is done to it")
    void isADeque() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var row = new ExchangeRow();
        var model = new ArrayDeque<Exchange>();
        for (int i = 0; i < 500; i++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    Exchange added = exchange();
                    row.add(added);
                    model.add(added);
                }
                case 2 -> {
                    row.removeFirst();
                    model.pollFirst();
                }
                case 3 -> {
                    row.removeLast();
                    model.pollLast();
                }
                default -> {
                    assertSame(model.peekFirst(), row.first(), "seed " + seed);
                    assertSame(model.peekLast(), row.last(), "seed " + seed);
                    assertEquals(model.size() == 1, row.isSingle(), "seed " + seed);
                    assertEquals(model.isEmpty(), row.isEmpty(), "seed " + seed);
                }
            }
        }
    }

    @Test
    @DisplayName("emptying hands out each once, in order")
    void handsOutAll() {
        var row = new ExchangeRow();
        Exchange one = exchange();
        Exchange two = exchange();
        row.add(one);
        row.add(two);
        var taken = new ArrayList<Exchange>();
        row.removeAll(taken::add);

        assertEquals(List.of(one, two), taken);
        assertTrue(row.isEmpty());
        assertFalse(row.isSingle());
        assertNull(row.first());
    }
}
