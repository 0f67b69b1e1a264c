package bowline.socks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Users and passwords of a file.
class PasswordFileTest {

    private static boolean right(PasswordFile file, String user, String password) {
        return (Boolean) file.check(user, password).result();
    }

    @Test
    @DisplayName("G12: the right password only, colons and spaces in it included; nobody else")
    void checks() {
        var file = new PasswordFile(List.of("# users", "", "me:se:cret ", "zoë:päss"));

        assertEquals(2, file.users());
        assertTrue(right(file, "me", "se:cret "));
        assertTrue(right(file, "zoë", "päss"));
        assertFalse(right(file, "me", "se:cret"));
        assertFalse(right(file, "me", ""));
        assertFalse(right(file, "you", "se:cret "));
        assertFalse(right(file, "you", ""));
    }

    @Test
    @DisplayName("a line that is none is told by its number, and never by what is in it")
    void malformed() {
        for (String bad : List.of("secret", ":secret", "secret:", "me:1\nme:2")) {
            String message = String.valueOf(assertThrows(
                            IllegalArgumentException.class,
                            () -> new PasswordFile(("you:x\n" + bad).lines().toList()))
                    .getMessage());
            assertTrue(message.contains("line " + (bad.contains("\n") ? 3 : 2)), message);
            assertFalse(message.contains("secret"), message);
        }
        assertThrows(IllegalArgumentException.class, () -> new PasswordFile(List.of("#")));
    }
}
