package bowline.tls.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bowline.testing.generate.Generators;
import bowline.testing.generate.Property;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 7468.
class PemReaderTest {

    private static List<PemBlock> read(String text) throws UnusableMaterial {
        return PemReader.read("file", text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String shown(List<PemBlock> blocks) {
        var text = new StringBuilder();
        for (PemBlock block : blocks) {
            text.append(block.line()).append(' ').append(block.label()).append(' ');
            text.append(new String(block.content(), StandardCharsets.ISO_8859_1))
                    .append('\n');
        }
        return text.toString();
    }

    @ParameterizedTest
    @DisplayName("text around, several blocks, any ends of lines, blanks, a byte order mark")
    @CsvSource(
            delimiter = '|',
            value = {"'\\n'", "'\\r\\n'", "'\\r'", "'  \\n'", "'\\t\\r\\n'"})
    void blocks(String end) throws UnusableMaterial {
        String text = "\u00EF\u00BB\u00BFsubject=x\n-----BEGIN A-----\naGVs\nbG8=\n-----END A-----\n\nand\n"
                + "-----BEGIN B C-----\nIA==\n-----END B C-----";
        String ended =
                text.replace("\n", end.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t"));
        assertThat(shown(read(ended))).isEqualTo("2 A hello\n8 B C  \n");
    }

    @Test
    void nothingIsNoBlock() throws UnusableMaterial {
        assertThat(read("")).isEmpty();
        assertThat(read("no block here\n-----END A-----\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-----BEGIN A-----\\naGVs\\n | file, line 1: BEGIN A has no END; is the file cut off?",
                "x\\n-----BEGIN A-----\\naG!s\\n-----END A----- | file, line 3: column 3 is no base64: \"!s\"; copy the file again",
                "-----BEGIN A-----\\naGVs\\n-----END B----- | file, line 3: \"-----END B-----\" does not end what line 1 began, \"A\"",
                "-----BEGIN A-----\\n-----BEGIN B----- | file, line 2: a block begins before the one of line 1 has ended",
                "-----BEGIN A-----\\naGVsb\\n-----END A----- | file, line 1: what is between BEGIN and END is no base64",
                "-----BEGIN A----\\naGVs\\n-----END A----- | file, line 1: \"-----BEGIN A----\" does not end in -----",
                "-----BEGIN ---- | file, line 1: \"-----BEGIN ----\" does not end in -----",
            })
    void whatIsWrongIsToldWithItsLine(String text, String message) {
        assertThatExceptionOfType(UnusableMaterial.class)
                .isThrownBy(() -> read(text.strip().replace("\\n", "\n")))
                .withMessageStartingWith(message);
    }

    @Test
    @DisplayName("G2: at most 4000 blocks")
    void tooMany() throws UnusableMaterial {
        String block = "-----BEGIN A-----\n-----END A-----\n";
        assertThat(read(block.repeat(4_000))).hasSize(4_000);
        assertThatExceptionOfType(UnusableMaterial.class)
                .isThrownBy(() -> read(block.repeat(4_001)))
                .withMessage("file, line 8001: it has more than 4000 blocks; is it the right file?");
    }

    @Test
    void headersOfOldAreSeen() throws UnusableMaterial {
        PemBlock block =
                read("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\naGVs\n-----END RSA PRIVATE KEY-----\n")
                        .getFirst();
        assertThat(block.encrypted()).isTrue();
        assertThat(block.content()).isEqualTo("hel".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    @DisplayName("what is written is read back")
    void roundTrip() {
        Property.check(500, Generators.bytes(300), bytes -> {
            String text = PemBlock.text("A B", bytes);
            assertThat(text.lines()).allMatch(line -> line.length() <= 64);
            assertThat(read("x\n" + text + text)).hasSize(2).allMatch(block -> Arrays.equals(block.content(), bytes));
        });
    }

    @Test
    @DisplayName("whatever the text is, nothing but UnusableMaterial is thrown")
    void anyText() {
        byte[] good = ("-----BEGIN A-----\nProc-Type: 4\n\naGVs\n-----END A-----\n"
                        + PemBlock.text("CERTIFICATE", new byte[90]))
                .getBytes(StandardCharsets.US_ASCII);
        Property.check(2_000, Generators.mutated(List.of(good), 4), bytes -> {
            try {
                PemReader.read("file", bytes);
            } catch (UnusableMaterial refused) {
                assertThat(refused).hasMessageStartingWith("file, line ");
            }
        });
    }
}
