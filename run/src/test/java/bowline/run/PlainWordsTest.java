package bowline.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.service.ServiceOption;
import bowline.service.UsageError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// RUN-8: the short way to read a command line, which must say the same as the long one.
class PlainWordsTest {
    private static final List<ServiceOption> OPTIONS = List.of(
            ServiceOption.flag("list", ""),
            ServiceOption.value("path", "DIR", ""),
            ServiceOption.value("listen", "ENDPOINT", "").repeats());

    @Test
    void readsWhatIsPlainlyRight() {
        Given given = PlainWords.read(
                OPTIONS, List.of("--listen", "tcp:1", "--list", "--listen=tcp:2", "--path", "-"), false);

        assertEquals(
                new Given(
                        Map.of("listen", List.of("tcp:1", "tcp:2"), "list", List.of(), "path", List.of("-")),
                        false,
                        List.of()),
                given);
    }

    @Test
    void stopsAtAWord() {
        assertEquals(
                new Given(Map.of("path", List.of("a=b")), false, List.of("web", "--help")),
                PlainWords.read(OPTIONS, List.of("--path=a=b", "web", "--help"), true));
    }

    @Test
    void leavesTheRestToPicocli() {
        for (List<String> words : List.of(
                List.of("--help"),
                List.of("-h"),
                List.of("--"),
                List.of("--path"),
                List.of("--path="),
                List.of("--path", "--list"),
                List.of("--path", "a", "--path", "b"),
                List.of("--list=true"),
                List.of("--list", "--list"),
                List.of("--pat", "a"),
                List.of("word"))) {
            assertNull(PlainWords.read(OPTIONS, words, false), words.toString());
        }
    }

    @Test
    void saysWhatPicocliSays() {
        String[] alphabet = {
            "--list",
            "--path",
            "--listen",
            "--path=x",
            "--listen=y=z",
            "--listen=",
            "--list=true",
            "-",
            "--",
            "-h",
            "--help",
            "a",
            "b c",
            "\"q\"",
            "@file",
            "--unknown",
            "${x}",
            "-x",
            "'",
            ""
        };
        long seed = System.nanoTime();
        var random = new Random(seed);
        int plain = 0;
        for (int round = 0; round < 3000; round++) {
            List<String> words = new ArrayList<>();
            for (int length = random.nextInt(5); length > 0; length--) {
                words.add(alphabet[random.nextInt(alphabet.length)]);
            }
            boolean stops = random.nextBoolean();
            Given given = PlainWords.read(OPTIONS, words, stops);
            if (given != null) {
                plain++;
                assertEquals(picocli(words, stops), given, words + ", seed " + seed);
            }
        }
        assertTrue(plain > 100, "plain lines: " + plain + ", seed " + seed);
    }

    private static Object picocli(List<String> words, boolean stops) {
        try {
            return CommandLines.parse(CommandLines.of("test", OPTIONS, stops), OPTIONS, words);
        } catch (UsageError error) {
            return error;
        }
    }
}
