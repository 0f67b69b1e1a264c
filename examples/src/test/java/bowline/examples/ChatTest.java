package bowline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.junit.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The chat over a UNIX socket, each side as a process.
@DisabledOnOs(OS.WINDOWS)
class ChatTest {

    @TempDir
    private Path folder;

    private static Program enter(Path socket, String name) throws Exception {
        Program client = Program.start(ChatClient.class, socket.toString());
        client.await("^Who are you\\?$");
        client.typeLine(name);
        client.await("^Here are: ");
        return client;
    }

    @Test
    @DisplayName("UNX-1, STD-1: what one says the others hear, and nobody else may connect")
    void talk() throws Exception {
        Path socket = folder.resolve("chat");
        try (Program server = Program.start(ChatServer.class, socket.toString())) {
            server.await("starting on");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
            try (Program ada = enter(socket, "ada");
                    Program bob = enter(socket, "bob")) {
                ada.await("^bob has come$");
                bob.typeLine("good morning");
                ada.await("^bob: good morning$");
                ada.type("good morning\nand good bye\n"); // and the end of the input
                bob.await("^ada: and good bye$");
                bob.await("^ada has gone$");
                assertEquals(0, ada.exitCode());
                server.interrupt();
                bob.rest();
                assertEquals(0, bob.exitCode());
            }
            assertThat(server.rest()).anyMatch(line -> line.endsWith("bob has gone"));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisplayName("a name that is taken is asked for again")
    void aTakenName() throws Exception {
        Path socket = folder.resolve("chat");
        try (Program server = Program.start(ChatServer.class, socket.toString())) {
            server.await("starting on");
            try (Program ada = enter(socket, "ada");
                    Program other = Program.start(ChatClient.class, socket.toString())) {
                other.await("^Who are you\\?$");
                other.typeLine("ada");
                other.await("^That name is empty, too long or taken");
                other.typeLine("eve");
                other.await("^Here are: ada$");
                ada.await("^eve has come$");
            }
        }
    }

    @Test
    @DisplayName("nobody there: the client says so and ends")
    void nobody() throws Exception {
        assertThat(Program.output(ChatClient.class, folder.resolve("none").toString()))
                .singleElement()
                .asString()
                .startsWith("cannot connect to unix:");
    }
}
