package bowline.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Which word was meant.
class NearestTest {
    private static final List<String> WORDS = List.of("echo", "web", "example", "--listen");

    @Test
    void swappedLeftOutAddedAndChangedLettersAreNear() {
        assertEquals("echo", Nearest.to("ehco", WORDS));
        assertEquals("web", Nearest.to("wbe", WORDS));
        assertEquals("web", Nearest.to("we", WORDS));
        assertEquals("--listen", Nearest.to("--lsten", WORDS));
        assertEquals("--listen", Nearest.to("--listens", WORDS));
        assertEquals("example", Nearest.to("eksample", WORDS));
    }

    @Test
    void aBeginningIsNear() {
        assertEquals("example", Nearest.to("ex", WORDS));
    }

    @Test
    void othersAreNot() {
        assertNull(Nearest.to("gopher", WORDS));
        assertNull(Nearest.to("", WORDS));
        assertNull(Nearest.to("x", WORDS));
    }
}
