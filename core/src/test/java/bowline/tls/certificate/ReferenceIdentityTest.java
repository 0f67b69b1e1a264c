package bowline.tls.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9525 §6.1 and TLS-4: whom one means.
class ReferenceIdentityTest {

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "EXAMPLE.com., example.com",
        "bücher.example, xn--bcher-kva.example",
        "_x.a-b.example, _x.a-b.example",
        "localhost, localhost"
    })
    void hosts(String text, String name) {
        ReferenceIdentity identity = ReferenceIdentity.of(text);
        assertThat(identity).isEqualTo(new ReferenceIdentity.Dns(name));
        assertThat(identity.serverName()).isEqualTo(name);
    }

    @ParameterizedTest
    @DisplayName("TLS-4: an address is asked for by no name")
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::1, 0:0:0:0:0:0:0:1",
        "[2001:DB8::1], 2001:db8:0:0:0:0:0:1",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1"
    })
    void addresses(String text, String shown) {
        ReferenceIdentity identity = ReferenceIdentity.of(text);
        assertThat(identity).hasToString(shown).isInstanceOf(ReferenceIdentity.Address.class);
        assertThat(identity.serverName()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                "..",
                "a b",
                "*.example.com",
                "1.2.3",
                "127.1",
                "1",
                "1.2.3.256",
                "x.1",
                ":",
                "1::2::3",
                "a/b",
                "a\n.example",
                "[a]"
            })
    void neither(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReferenceIdentity.of(text))
                .withMessageContaining("neither the name of a host nor an address");
    }
}
