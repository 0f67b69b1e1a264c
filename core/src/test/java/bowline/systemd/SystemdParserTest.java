package bowline.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.endpoint.EndpointString;
import bowline.endpoint.ServerEndpoint;
import bowline.failure.Failure;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.testing.MemoryReactor;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// END-8, END-10: `systemd:` in strings.
class SystemdParserTest {
    private final MemoryReactor reactor = new MemoryReactor();
    private final SystemdParser parser = new SystemdParser(new ListenFds(List.of("web", "admin:x")));

    private ServerEndpoint parse(String description) {
        return parser.parse(EndpointString.parse(description), reactor);
    }

    @Test
    void findsSocketsByPlaceAndByName() {
        assertThat(parse("systemd:domain=INET:index=1"))
                .isEqualTo(new SystemdEndpoint(reactor, 4, SystemdEndpoint.Domain.INET, "index=1"))
                .hasToString("systemd:index=1");
        assertThat(parse("systemd:UNIX:name=admin\\:x"))
                .isEqualTo(new SystemdEndpoint(reactor, 4, SystemdEndpoint.Domain.UNIX, "name=admin\\:x"))
                .hasToString("systemd:name=admin\\:x");
        assertThat(parse("systemd:name=web")).isEqualTo(new SystemdEndpoint(reactor, 3, null, "name=web"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "systemd:domain=INET | an index= or a name=, and not both; there are 2, named web",
                "systemd:index=0:name=web | an index= or a name=, and not both",
                "systemd:index=2 | there is no socket 2",
                "systemd:index=-1 | its index \"-1\" is not a whole number from 0 to 4095",
                "systemd:name=poem | there is no socket named \"poem\"",
                "systemd:domain=IPX:index=0 | its domain \"IPX\" is none of INET, INET6 and UNIX",
                "systemd:index=0:backlog=3 | unknown argument backlog="
            })
    void refusesWhatCannotBe(String description, String reason) {
        assertThatThrownBy(() -> parse(description))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("endpoint \"systemd:")
                .hasMessageContaining(reason);
    }

    @Test
    @DisplayName("a reactor that knows no descriptors says so by the Deferred")
    void needsDescriptors() {
        Failure failure = (Failure) parse("systemd:index=0")
                .listen(Factory.of(Protocol::new))
                .addErrback(reason -> {
                    assertThat(reason.value()).isInstanceOf(UnsupportedOperationException.class);
                    return null;
                })
                .result();

        assertThat(failure).isNull();
    }
}
