package bowline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.junit.Program;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StdioCatTest {

    @Test
    @DisplayName("STD-1: what is typed comes out, as it is typed")
    void copies() throws Exception {
        try (Program cat = Program.start(StdioCat.class)) {
            cat.typeLine("one");
            cat.await("^one$");
            cat.typeLine("zwö");
            cat.await("^zwö$");
            assertThat(cat.isAlive()).isTrue();
        }
    }
}
