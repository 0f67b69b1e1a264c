package bowline.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bowline.device.SerialSettings.FlowControl;
import bowline.device.SerialSettings.Parity;
import bowline.endpoint.ClientEndpoint;
import bowline.failure.Failure;
import bowline.protocol.Protocol;
import bowline.protocol.TransportLimits;
import bowline.testing.MemoryReactor;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// END-9: the endpoint of a serial port, and who cannot open it.
class SerialEndpointTest {
    private final MemoryReactor reactor = new MemoryReactor();

    @Test
    void readsAllOfADescription() {
        assertThat(ClientEndpoint.of(
                        reactor, "serial:/dev/ttyUSB0:baud=115200:bits=7:parity=even:stop=2:flow=hardware"))
                .isEqualTo(new SerialEndpoint(
                        reactor,
                        Path.of("/dev/ttyUSB0"),
                        new SerialSettings(115_200, 7, Parity.EVEN, 2, FlowControl.HARDWARE),
                        TransportLimits.DEFAULT));
    }

    @Test
    @DisplayName("9600 8N1 is what is not said, as everywhere")
    void hasTheUsualDefaults() {
        var endpoint = (SerialEndpoint) ClientEndpoint.of(reactor, "serial:/dev/ttyS0");
        assertThat(endpoint.settings()).hasToString("9600 8N1");
        assertThat(endpoint).hasToString("serial:/dev/ttyS0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serial:|no device",
                "serial:/dev/ttyS0:baud=49|50 to 16000000",
                "serial:/dev/ttyS0:baud=16000001|50 to 16000000",
                "serial:/dev/ttyS0:bits=4|5 to 8",
                "serial:/dev/ttyS0:bits=9|5 to 8",
                "serial:/dev/ttyS0:stop=3|1 to 2",
                "serial:/dev/ttyS0:parity=strange|none, even, odd, mark, space",
                "serial:/dev/ttyS0:flow=xon|none, hardware, software",
                "serial:/dev/ttyS0:speed=9600|unknown argument speed"
            })
    void saysWhatIsWrong(String description, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientEndpoint.of(reactor, description))
                .withMessageContaining(complaint);
    }

    @Test
    void checksSettingsThatAreMadeByHand() {
        assertThatIllegalArgumentException().isThrownBy(() -> SerialSettings.DEFAULT.baud(0));
        assertThatIllegalArgumentException().isThrownBy(() -> SerialSettings.DEFAULT.dataBits(9));
        assertThatIllegalArgumentException().isThrownBy(() -> SerialSettings.DEFAULT.stopBits(0));
    }

    @Test
    @DisplayName("a reactor that has no devices says who has")
    void saysWhoCan() {
        Failure[] refused = new Failure[1];
        ClientEndpoint.of(reactor, "serial:/dev/ttyS0")
                .connectProtocol(new Protocol())
                .addErrback(failure -> {
                    refused[0] = failure;
                    return new Protocol();
                });
        assertThat(refused[0].value())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("serial:/dev/ttyS0")
                .hasMessageContaining("bowline.linux");
    }
}
