package bowline.linux.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import org.junit.jupiter.api.Test;

class ErrnoTest {
    private final SystemCalls system = new SystemCalls();

    @Test
    void saysNameAndMeaning() {
        assertThat(Errno.text(-111)).isEqualTo("Connection refused (ECONNREFUSED)");
        assertThat(Errno.text(-4000)).isEqualTo("error number 4000 of the system");
    }

    @Test
    void isTheExceptionThatTheJdkHasForIt() {
        assertThat(Errno.exception(-111)).isInstanceOf(ConnectException.class);
        assertThat(Errno.exception(-98)).isInstanceOf(BindException.class);
        assertThat(Errno.exception(-113)).isInstanceOf(NoRouteToHostException.class);
        assertThat(Errno.exception(-24)).isExactlyInstanceOf(IOException.class).hasMessageContaining("EMFILE");
    }

    @Test
    void isWhatTheKernelAnswers() {
        assertThat(Errno.EBADF.is(system.close(1_000_000))).isTrue();
        assertThat(Errno.EAFNOSUPPORT.is(system.socket(4711, 1, 0))).isTrue();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Errno.check(system.fcntl(1_000_000, 0, 0)))
                .withMessage("Bad file descriptor (EBADF)");
    }
}
