package bowline.linux.uring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.linux.socket.DescriptorProvider;
import bowline.linux.system.Errno;
import bowline.linux.system.SystemCalls;
import bowline.reactor.Reactor;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingRefusalTest {

    @ParameterizedTest
    @CsvSource({
        "ENOSYS, '', Linux 6.0 or newer is needed, and this is 5.4.0-generic",
        "EINVAL, 0, Linux 6.0 or newer is needed, and this is 5.4.0-generic",
        "EPERM, 2, switched off; kernel.io_uring_disabled is 2",
        "EPERM, 1, kernel.io_uring_group",
        "EPERM, 0, seccomp filter",
        "EACCES, '', security module",
        "ENOMEM, 0, ulimit -l",
        "EMFILE, 0, ulimit -n",
        "ENFILE, 0, ulimit -n",
        "EBUSY, 0, no ring can be set up",
    })
    void tellsWhatToChange(Errno errno, String disabled, String words) {
        String reason = new RingRefusal(-errno.number(), "5.4.0-generic", disabled).reason();

        assertThat(reason).contains("(" + errno.name() + ")").contains(words);
    }

    @Test
    void isWhatTheProviderSaysStandsInTheWay() {
        var provider = new DescriptorProvider() {
            @Override
            protected void attempt(SystemCalls system) throws IOException {
                throw new IOException(new RingRefusal(-Errno.EPERM.number(), "6.18", "2").reason());
            }

            @Override
            public String name() {
                return "refused";
            }

            @Override
            public int preference() {
                return 0;
            }

            @Override
            public Reactor create() {
                throw new AssertionError();
            }
        };

        assertThat(provider.obstacle())
                .isEqualTo("the system refuses it: Operation not permitted (EPERM): io_uring is switched off;"
                        + " kernel.io_uring_disabled is 2");
    }

    @Test
    void aRefusedRingTellsTheReason() {
        var setup = new RingSetup(0, 0, 1, 0, true); // without entries there is no ring

        assertThatThrownBy(() -> new Ring(new SystemCalls(), setup))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("(EINVAL): the kernel does not know all that is asked of a ring");
    }
}
