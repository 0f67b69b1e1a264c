package bowline.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Which implementation of TLS a program gets.
class TlsProvidersTest {

    @AfterEach
    void clear() {
        System.clearProperty("bowline.tls");
    }

    @Test
    void theJdksUnlessAskedForAnother() {
        assertThat(TlsProviders.best().name()).isEqualTo("jsse");
        System.setProperty("bowline.tls", "jsse");
        assertThat(TlsProviders.best().name()).isEqualTo("jsse");
        assertThat(TlsWorld.client().build().provider().name()).isEqualTo("jsse");
    }

    @Test
    void namesThoseThatThereAre() {
        System.setProperty("bowline.tls", "rot13");
        assertThatThrownBy(TlsProviders::best)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-Dbowline.tls")
                .hasMessageContaining("rot13")
                .hasMessageContaining("jsse");
    }
}
