package bowline.web.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bowline.web.message.Status;
import bowline.web.server.HttpError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// W1: what is served is what was found, whatever happens to the names in between.
class OpenFileTest {
    @TempDir
    private Path world;

    private Path root;
    private Path found;

    @BeforeEach
    void find() throws IOException {
        root = Files.createDirectories(world.resolve("root"));
        Files.createDirectories(root.resolve("sub"));
        Files.createDirectories(world.resolve("private"));
        Files.writeString(root.resolve("sub/file.txt"), "public");
        Files.writeString(world.resolve("private/file.txt"), "secret");
        found = Objects.requireNonNull(new FileLocator(root).find("/sub/file.txt"))
                .path();
    }

    @Test
    @DisplayName("W1: an open file stays what it was, though another stands under its name")
    void staysTheSame() throws IOException {
        OpenFile file = OpenFile.open(found);
        try (var channel = file.channel()) {
            assertNotNull(channel);
            Files.delete(found);
            Files.writeString(found, "second");

            assertEquals(6, file.validators().size());
            assertEquals("public", new String(file.read(0, 6), StandardCharsets.US_ASCII));
        }
    }

    @Test
    @DisplayName("W1, G14: a directory that became a link to outside since it was found leads nowhere")
    void followsNoLateLinkOfADirectory() throws IOException {
        Files.move(root.resolve("sub"), root.resolve("moved"));
        Files.createSymbolicLink(root.resolve("sub"), world.resolve("private"));
        assertNotFound();
    }

    @Test
    @DisplayName("W1, G14: nor does a file that became a link")
    void followsNoLateLinkOfAFile() throws IOException {
        Files.delete(found);
        Files.createSymbolicLink(found, world.resolve("private/file.txt"));
        assertNotFound();
    }

    @Test
    @DisplayName("W1: what is gone since it was found is not there")
    void whatIsGoneIsNotThere() throws IOException {
        Files.delete(found);
        assertNotFound();
    }

    private void assertNotFound() {
        HttpError refused = assertThrows(HttpError.class, () -> OpenFile.open(found));
        assertEquals(Status.NOT_FOUND, refused.status());
    }
}
