package bowline.tls.source;

import static bowline.tls.source.Makings.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.log.CapturedLogs;
import bowline.testing.DeferredAssertions;
import bowline.testing.ManualClock;
import bowline.tls.certificate.CertificateWords;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// One certificate for all.
class SingleCertificateTest {

    @Test
    @DisplayName("--tls self-signed: made at start by the reactor's clock, told with its fingerprint")
    void selfSigned() {
        try (var logs = CapturedLogs.open()) {
            var source = SingleCertificate.selfSigned(
                    new ManualClock(), new SecureRandom(), List.of("localhost", "127.0.0.1"));

            var answer = DeferredAssertions.successResultOf(source.identity(asking("whoever.example")));
            assertThat(answer).isSameAs(source.server());
            assertThat(source.covers(answer, "localhost")).isTrue();
            assertThat(source.covers(answer, "127.0.0.1")).isTrue();
            assertThat(source.covers(answer, "127.0.0.2")).isFalse();
            assertThat(answer.identity().certificate().getNotBefore().toInstant())
                    .isBefore(ManualClock.START);
            assertThat(logs.texts())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("a certificate for localhost, 127.0.0.1 was made that nobody vouches for")
                    .endsWith(CertificateWords.fingerprint(answer.identity().certificate()));
        }
    }

    @Test
    void aNameIsNeeded() {
        assertThatThrownBy(() -> SingleCertificate.selfSigned(new ManualClock(), new SecureRandom(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
