package bowline.web.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.web.server.HttpError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// G14: a path leads to a file below the root, or nowhere.
class FileLocatorTest {
    @TempDir
    private Path outside;

    private Path root;
    private FileLocator locator;

    @BeforeEach
    void plant() throws IOException {
        root = Files.createDirectories(outside.resolve("root"));
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Files.createDirectories(root.resolve("a/b"));
        Files.createDirectories(root.resolve(".git"));
        Files.writeString(root.resolve(".git/config"), "secret");
        Files.writeString(root.resolve("a/b/c.txt"), "c");
        Files.writeString(root.resolve("caf\u00e9 100%.txt"), "d");
        locator = new FileLocator(root);
    }

    @Test
    @DisplayName("files and directories are found by their decoded names")
    void findsFiles() {
        assertTrue(locator.find("/").attributes().isDirectory());
        assertTrue(locator.find("/a").attributes().isDirectory());
        assertTrue(locator.find("/a/").slash());
        assertTrue(locator.find("/a/b/c.txt").attributes().isRegularFile());
        assertTrue(locator.find("/%61/%62/c%2Etxt").attributes().isRegularFile());
        assertTrue(locator.find("/caf%C3%A9%20100%25.txt").attributes().isRegularFile());
        assertNull(locator.find("/nothing"));
        assertNull(locator.find("/a/b/c.txt/d"), "a file has nothing below it");
        assertNull(locator.find("/" + "x".repeat(5000)));
    }

    @ParameterizedTest
    @DisplayName("G14: dots, hidden files, empty names, separators, drives, NUL: all lead nowhere")
    @ValueSource(
            strings = {
                "/..",
                "/../secret.txt",
                "/a/../../secret.txt",
                "/a/..",
                "/a/./b/c.txt",
                "/./a",
                "/%2e%2e/secret.txt",
                "/.%2e/secret.txt",
                "/..%2fsecret.txt",
                "/%2e%2e%2fsecret.txt",
                "/a%2fb",
                "/..\\secret.txt",
                "/..%5csecret.txt",
                "/a%5cb",
                "//a",
                "//a/b/c.txt",
                "/a//b",
                "/a/b//",
                "/a/b/c.txt%00",
                "/a/b/c.txt%00.html",
                "/a/b/c.txt%0a",
                "/a/b/c.txt%7f",
                "/a/b/c.txt.",
                "/a/b/c.txt%20",
                "/a./b",
                "/c:",
                "/C:/a",
                "/.git/config",
                "/%2egit/config",
                "/.git",
                "",
                "a",
                "*"
            })
    void leadsNowhere(String path) {
        assertNull(locator.find(path));
    }

    @ParameterizedTest
    @DisplayName("G14: what is not percent-encoded UTF-8 is a bad request")
    @ValueSource(strings = {"/%", "/%4", "/%zz", "/a%4/b", "/%c0%ae%c0%ae/secret.txt", "/%ff", "/%ed%a0%80", "/%+1"})
    void refusesBadEncodings(String path) {
        assertEquals(
                400, assertThrows(HttpError.class, () -> locator.find(path)).status());
    }

    @Test
    @DisplayName("G14: a link is followed inside the root, and not out of it, nor to what is hidden")
    void followsLinksInside() throws IOException {
        Files.createSymbolicLink(root.resolve("in"), Path.of("a/b"));
        Files.createSymbolicLink(root.resolve("out"), outside.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("hidden"), Path.of(".git"));
        Files.createSymbolicLink(root.resolve("circle"), Path.of("circle"));
        Files.createSymbolicLink(root.resolve("dangling"), Path.of("nowhere"));

        assertNotNull(locator.find("/in/c.txt"));
        for (String path : new String[] {"/out", "/up", "/up/secret.txt", "/hidden/config", "/circle", "/dangling"}) {
            assertNull(locator.find(path), path);
        }
    }

    @Test
    @DisplayName("G14: a name that only begins like the root's is outside of it")
    void aNameThatBeginsAlikeIsOutside() throws IOException {
        Files.createDirectories(outside.resolve("root2"));
        Files.createSymbolicLink(root.resolve("two"), outside.resolve("root2"));

        assertNull(locator.find("/two"));
    }

    @Test
    @DisplayName("a root that is no directory, or is not there, is told at once")
    void needsADirectory() {
        assertThrows(NotDirectoryException.class, () -> new FileLocator(outside.resolve("secret.txt")));
        assertThrows(IOException.class, () -> new FileLocator(outside.resolve("nowhere")));
    }
}
