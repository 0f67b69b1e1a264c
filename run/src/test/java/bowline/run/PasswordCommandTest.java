package bowline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.cred.hash.HashLimits;
import bowline.cred.hash.HashScheme;
import bowline.cred.hash.PasswordHash;
import bowline.service.UsageError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `bowline password`: lines for `--auth file:PATH` (CRD-6, CRD-8).
class PasswordCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private String run(String input, String... words) {
        out.reset();
        var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        new PasswordCommand(in, new PrintStream(out, true, StandardCharsets.UTF_8), null).run(List.of(words));
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(HashScheme.class)
    void makesALineOfEachScheme(HashScheme scheme) {
        String line = run("pässword\nrest\n", "--scheme", scheme.title(), "alice");

        assertThat(line).startsWith("alice:").endsWith("\n").doesNotContain("pässword");
        PasswordHash hash = PasswordHash.parse(line.substring("alice:".length()).strip(), HashLimits.DEFAULT);
        assertThat(hash.verify("pässword")).isTrue();
    }

    @Test
    @DisplayName("G11: each salt is fresh")
    void saltsAreFresh() {
        assertThat(run("x", "--scheme", "bcrypt", "alice")).isNotEqualTo(run("x", "--scheme", "bcrypt", "alice"));
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> run("x")).isInstanceOf(UsageError.class);
        assertThatThrownBy(() -> run("x", "alice", "secret")).isInstanceOf(UsageError.class);
        assertThatThrownBy(() -> run("x", "a:b")).isInstanceOf(UsageError.class);
        assertThatThrownBy(() -> run("x", "a\nb")).isInstanceOf(UsageError.class);
        assertThatThrownBy(() -> run("x", "--scheme", "md5", "alice")).isInstanceOf(UsageError.class);
        assertThatThrownBy(() -> run("", "alice")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> run("x".repeat(73), "--scheme", "bcrypt", "alice"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("72");
    }

    @Test
    void hasAHelp() {
        assertThat(run("", "--help")).contains("argon2id", "scram-sha-256", "USER");
    }
}
