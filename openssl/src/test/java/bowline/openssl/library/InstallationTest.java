package bowline.openssl.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Finding the library, and saying why not.
class InstallationTest {

    @Test
    void theSystemsOneIsFound() {
        Installation found = Installation.found();
        assumeTrue(found.obstacle().isEmpty(), found.obstacle());

        assertThat(found.version()).startsWith("OpenSSL 3.");
    }

    @Test
    void anEmptyFolderIsTold(@TempDir Path folder) {
        Installation missing = Installation.look(folder.toString());

        assertThat(missing.obstacle())
                .contains("libssl.so.3")
                .contains(folder.toString())
                .contains("-Dbowline.openssl=");
        assertThatThrownBy(missing::version).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsNoLibraryIsTold(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("libcrypto.so.3"));
        Files.createDirectory(folder.resolve("libssl.so.3"));

        assertThat(Installation.look(folder.toString()).obstacle()).contains("cannot be loaded");
    }

    /// Any library that is not OpenSSL 3 looks like one that is too old: it does not tell its version.
    @Test
    void aLibraryThatIsTooOldIsTold(@TempDir Path folder) throws Exception {
        Path other = anotherLibrary();
        Files.copy(other, folder.resolve("libcrypto.so.3"));
        Files.copy(other, folder.resolve("libssl.so.3"));

        assertThat(Installation.look(folder.toString()).obstacle()).contains("is older than OpenSSL 3.0");
    }

    private static Path anotherLibrary() {
        Path library = Path.of(System.getProperty("java.home"), "lib", "libnet.so");
        assumeTrue(Files.exists(library), "this JDK has no " + library);
        return library;
    }
}
