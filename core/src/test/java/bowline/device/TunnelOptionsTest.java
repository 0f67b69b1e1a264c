package bowline.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.protocol.DatagramProtocol;
import bowline.testing.MemoryReactor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a tunnel can be, and who cannot open one.
class TunnelOptionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"sixteen-bytes-xx", "a/b", "a b", "ääääääää"})
    void refusesNamesThatNoInterfaceHas(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TunnelOptions.DEFAULT.name(name))
                .withMessageContaining("15 bytes at most");
    }

    @ParameterizedTest
    @ValueSource(ints = {67, 65_536})
    void refusesSizes(int bytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TunnelOptions.DEFAULT.maxPacketSize(bytes))
                .withMessageContaining("68 and 65535");
    }

    @Test
    void takesTheBounds() {
        assertThat(TunnelOptions.DEFAULT
                        .name("fifteen-bytes-x")
                        .maxPacketSize(68)
                        .maxPacketSize(65_535)
                        .name())
                .hasSize(15);
    }

    @Test
    @DisplayName("a reactor that has no devices says who has")
    void saysWhoCan() {
        assertThatThrownBy(() -> TunnelPort.open(new MemoryReactor(), TunnelOptions.DEFAULT, new DatagramProtocol()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("bowline.linux");
    }
}
