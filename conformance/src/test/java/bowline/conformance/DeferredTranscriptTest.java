package bowline.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.defer.UnhandledError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Random programs of Deferred operations, run here and by Debian's python3-twisted, step by step the same
/// (sections 1 and 2: DEF-2 to DEF-16, DEF-20, DEF-21, CAN-2 to CAN-7).
class DeferredTranscriptTest {
    private static final int PROGRAMS = 3000;

    @Test
    @DisplayName("DEF, CAN: random programs of Deferreds go as they go in Twisted")
    void goAsInTwisted() throws Exception {
        String python = Foreign.python("twisted");
        long seed = Long.getLong("bowline.seed", System.nanoTime());
        var programs = new ArrayList<List<String>>();
        var random = new Random(seed);
        for (int i = 0; i < PROGRAMS; i++) {
            programs.add(DeferredProgram.random(random));
        }

        Foreign.Result twisted = Foreign.run(
                textOf(programs).getBytes(StandardCharsets.UTF_8),
                python,
                Foreign.script("deferred_transcript.py").toString());

        assertEquals(0, twisted.exitCode(), twisted.err());
        String[] theirs = twisted.text().split("done\n");
        for (int i = 0; i < PROGRAMS; i++) {
            String ours = new DeferredProgram().run(programs.get(i));
            assertEquals(
                    theirs[i], ours, "seed " + seed + ", program " + i + ":\n" + String.join("\n", programs.get(i)));
        }
        UnhandledError.reportAll();
    }

    private static String textOf(List<List<String>> programs) {
        var text = new StringBuilder();
        for (List<String> program : programs) {
            program.forEach(line -> text.append(line).append('\n'));
            text.append("end\n");
        }
        return text.toString();
    }
}
