package bowline.run;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Lines as words.
class CommandWordsTest {

    private static void cuts(String line, String... words) {
        assertEquals(List.of(words), CommandWords.of(line), line);
    }

    @Test
    void blanksSeparate() {
        cuts("");
        cuts(" \t ");
        cuts("  sleep \t 10 ", "sleep", "10");
    }

    @Test
    void singleQuotesTakeEverything() {
        cuts("sh -c 'while :; do \"x\" \\n; done'", "sh", "-c", "while :; do \"x\" \\n; done");
        cuts("''", "");
        cuts("a'b c'd", "ab cd");
    }

    @Test
    void doubleQuotesTakeAllButThemselves() {
        cuts("\"a b\"", "a b");
        cuts("\"a\\\"b\\\\c\\n'\"", "a\"b\\c\\n'");
        cuts("\"\" x", "", "x");
    }

    @Test
    void aBackslashTakesTheNextCharacter() {
        cuts("a\\ b \\' \\\\ \\n", "a b", "'", "\\", "n");
    }

    @Test
    void nothingIsExpanded() {
        cuts("echo $HOME * ~ #x ; a|b", "echo", "$HOME", "*", "~", "#x", ";", "a|b");
    }

    @Test
    void whatIsNotClosedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandWords.of("a 'b"))
                .withMessage("has no closing ' for the one at column 3");
        assertThatIllegalArgumentException().isThrownBy(() -> CommandWords.of("\"b\\\""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandWords.of("a\\"))
                .withMessageStartingWith("ends in \\");
    }
}
