package bowline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bowline.service.UsageError;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The numbers on the examples' command lines.
class NumbersTest {
    @Test
    @DisplayName("a port is read, or is the usual one")
    void readsAPort() {
        String[] arguments = {"8080"};

        assertThat(Numbers.port(arguments, 0, 1)).isEqualTo(8080);
        assertThat(Numbers.port(arguments, 1, 1)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "65536", "99999999999", ""})
    @DisplayName("what is no port is a usage error that quotes it")
    void refusesWhatIsNoPort(String text) {
        assertThatExceptionOfType(UsageError.class)
                .isThrownBy(() -> EchoServer.main(text))
                .withMessage("\"" + text + "\" is not a port from 0 to 65535");
    }

    @Test
    @DisplayName("a count is a whole number from 0 on")
    void readsACount() {
        assertThat(Numbers.count(new String[] {"10"}, 0, 3)).isEqualTo(10);
        assertThatExceptionOfType(UsageError.class)
                .isThrownBy(() -> Numbers.count(new String[] {"1.5"}, 0, 3))
                .withMessageContaining("a whole number from 0 on");
    }
}
