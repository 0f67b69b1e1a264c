package bowline.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// END-10: the variables of sd_listen_fds(3).
class ListenFdsTest {

    private static ListenFds read(String pid, String count, String names) {
        Map<String, String> environment = new HashMap<>();
        environment.put("LISTEN_PID", pid);
        environment.put("LISTEN_FDS", count);
        environment.put("LISTEN_FDNAMES", names);
        environment.values().removeIf(value -> value == null);
        return ListenFds.of(environment, 42, 7);
    }

    @Test
    @DisplayName("END-10: descriptors count from 3, and are found by place and by name")
    void finds() {
        ListenFds sockets = read("42", "3", "web:admin:web");

        assertThat(sockets.names()).containsExactly("web", "admin", "web");
        assertThat(sockets.descriptor(0)).isEqualTo(3);
        assertThat(sockets.descriptor(2)).isEqualTo(5);
        assertThat(sockets.descriptor("web")).isEqualTo(3);
        assertThat(sockets.descriptor("admin")).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"41, 1, web", "-, 1, web", "'', 1, web", "042, 1, web"})
    @DisplayName("END-10: what is said to another process is not for us")
    void ofAnotherProcess(String pid, String count, String names) {
        assertThat(read(pid, count, names)).isEqualTo(ListenFds.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"2, web", "1, web:admin", "0, web", "1, web:", "-, web", "-1, web", "one, web", "4097, web"})
    @DisplayName("END-10: names that do not match the count make all of it void")
    void mismatch(String count, String names) {
        assertThat(read("42", count, names)).isEqualTo(ListenFds.NONE);
    }

    @Test
    void withoutNamesEachIsUnknown() {
        assertThat(read("42", "2", null).names()).isEqualTo(List.of("unknown", "unknown"));
        assertThat(read("42", "4096", null).count()).isEqualTo(ListenFds.MAX);
        assertThat(read("42", "4097", null)).isEqualTo(ListenFds.NONE);
        assertThat(read("42", "x", null)).isEqualTo(ListenFds.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, Integer.MAX_VALUE})
    void aPlaceThatIsNotThereIsRefusedWithWhatThereIs(int index) {
        assertThatThrownBy(() -> read("42", "2", "web:admin").descriptor(index))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("socket " + index)
                .hasMessageContaining("there are 2, named web, admin");
    }

    @Test
    void aNameThatIsNotThereIsRefusedWithWhatThereIs() {
        assertThatThrownBy(() -> ListenFds.NONE.descriptor("web"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"web\"")
                .hasMessageContaining("there are none");
    }
}
