package bowline.tls.hello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.bytes.ByteQueue;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// RFC 8446 §6, alerts in clear.
class AlertRecordTest {

    @Test
    void writesARecord() {
        var wire = new ByteQueue();
        AlertRecord.writeFatal("unrecognized_name", wire);
        byte[] bytes = new byte[wire.readable().remaining()];
        wire.readable().get(bytes);

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("15030300020270");
    }

    @Test
    void refusesWhatIsNoAlert() {
        assertThatThrownBy(() -> AlertRecord.writeFatal("decode-error", new ByteQueue()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is no alert \"decode-error\"; the alerts are [access_denied, ");
    }

    @Test
    void namesAndNumbers() {
        assertThat(AlertRecord.code("no_application_protocol")).isEqualTo(120);
        assertThat(AlertRecord.code("no such")).isEqualTo(-1);
        assertThat(AlertRecord.name(70)).isEqualTo("protocol_version");
        assertThat(AlertRecord.name(1)).isNull();
    }
}
