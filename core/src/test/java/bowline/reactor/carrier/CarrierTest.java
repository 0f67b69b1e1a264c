package bowline.reactor.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The choice of the carrier (architecture, decision 5).
@Timeout(60)
class CarrierTest {

    @Test
    void takesTheCarrierThatTheProgramNames() {
        assertThat(Carrier.named("baton")).isEqualTo(Carrier.BATON);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Carrier.named("horse"))
                .withMessageContaining("mounted and baton");
    }

    @Test
    void mountsWhereThePackageIsOpen() throws Exception {
        assertThat(choiceOfAnotherJvm("--add-opens", "java.base/java.lang=ALL-UNNAMED"))
                .isEqualTo("MOUNTED");
    }

    @Test
    void fallsBackToTheBatonWhereItIsNot() throws Exception {
        assertThat(choiceOfAnotherJvm()).isEqualTo("BATON");
    }

    @Test
    void saysWhatToDoWhenMountedIsDemandedInVain() throws Exception {
        assertThat(choiceOfAnotherJvm("-D" + Carrier.PROPERTY + "=mounted"))
                .contains("cannot be had")
                .contains("--add-opens java.base/java.lang=ALL-UNNAMED");
    }

    private static String choiceOfAnotherJvm(String... options) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", place(Carrier.class) + File.pathSeparator + place(CarrierTest.class)));
        command.add(Choice.class.getName());
        Process jvm = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return answer.strip();
    }

    private static String place(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /// The program of the other JVM.
    static final class Choice {
        public static void main(String[] args) {
            try {
                System.out.println(Carrier.Chosen.CARRIER);
            } catch (ExceptionInInitializerError failed) {
                System.out.println(failed.getCause());
            }
        }
    }
}
