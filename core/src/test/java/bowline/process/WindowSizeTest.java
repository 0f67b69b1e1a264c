package bowline.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PRC-17: what a terminal can be told of its window.
class WindowSizeTest {

    @ParameterizedTest
    @CsvSource({"0, 24", "80, 0", "65536, 24", "80, 65536", "-1, 24"})
    void refusesWhatNoTerminalCanHave(int columns, int rows) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WindowSize(columns, rows))
                .withMessageContaining("1 to 65535");
    }

    @Test
    void takesTheLargestAndTheSmallest() {
        assertThat(new WindowSize(65_535, 1).columns()).isEqualTo(65_535);
    }

    @Test
    void belongsToATerminal() {
        Spawn spawn = Spawn.command("vi").inTerminal(new WindowSize(80, 24)).env("TERM", "vt100");
        assertThat(spawn.pty()).isTrue();
        assertThat(spawn.windowSize()).isEqualTo(new WindowSize(80, 24));
        assertThat(spawn.inTerminal().windowSize()).isNull();
    }
}
