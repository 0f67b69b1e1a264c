package bowline.tls;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.testing.ManualClock;
import bowline.tls.certificate.CertificateMaker;
import java.security.SecureRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// TLS-2: whom a certificate is for, as its server sees it.
class CertificateNamesTest {

    private static CertificateNames of(String... names) {
        var clock = new ManualClock();
        return CertificateNames.of(new CertificateMaker(new SecureRandom(), clock::now)
                .selfSigned(names)
                .certificate());
    }

    @Test
    void exactNames() {
        CertificateNames names = of("Example.org", "www.example.org");

        assertThat(names.cover("example.org")).isTrue();
        assertThat(names.cover("WWW.EXAMPLE.ORG.")).isTrue();
        assertThat(names.cover("ftp.example.org")).isFalse();
        assertThat(names.cover("org")).isFalse();
        assertThat(names.cover("")).isFalse();
        assertThat(names).hasToString("example.org, www.example.org");
    }

    @Test
    @DisplayName("RFC 9525 §6.3: * is one whole label, the leftmost")
    void wildcards() {
        CertificateNames names = of("*.example.org");

        assertThat(names.cover("a.example.org")).isTrue();
        assertThat(names.cover("example.org")).isFalse();
        assertThat(names.cover("a.b.example.org")).isFalse();
        assertThat(names.cover(".example.org")).isFalse();
        assertThat(names.cover("*.example.org")).as("nobody is called so").isFalse();
    }

    @Test
    @DisplayName("TLS-1: addresses are compared as addresses")
    void addresses() {
        CertificateNames names = of("192.0.2.1", "2001:db8::1");

        assertThat(names.cover("192.0.2.1")).isTrue();
        assertThat(names.cover("[2001:DB8:0:0::1]")).isTrue();
        assertThat(names.cover("192.0.2.2")).isFalse();
        assertThat(names.cover("1.192.0.2.1")).isFalse();
        assertThat(names).hasToString("192.0.2.1, 2001:db8:0:0:0:0:0:1");
    }
}
