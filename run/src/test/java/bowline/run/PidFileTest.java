package bowline.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RUN-4: the pid file.
class PidFileTest {
    /// More than any pid of Linux, which ends at 2^22.
    private static final long NOBODY = 99_999_999;

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("bowline.pid");
    }

    private static long self() {
        return ProcessHandle.current().pid();
    }

    private int refusal() {
        return assertThrows(Refusal.class, () -> PidFile.claim(path, NOBODY)).exitCode();
    }

    @Test
    void holdsThePidAndANewlineAndIsRemovedAtTheEnd() throws IOException {
        try (PidFile _ = PidFile.claim(path, 1234)) {
            assertEquals("1234\n", Files.readString(path));
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void aLivingProcessMeansAlreadyRunning() throws IOException {
        Files.writeString(path, self() + "\n");

        assertEquals(ExitCode.CONFIGURATION, refusal());
        assertEquals(self() + "\n", Files.readString(path));
    }

    @Test
    void aStaleFileIsReplaced() throws IOException {
        Files.writeString(path, NOBODY + "\n");
        try (PidFile _ = PidFile.claim(path, self())) {
            assertEquals(self() + "\n", Files.readString(path));
        }
    }

    @Test
    void aFileWithOurOwnPidIsThatOfAnEarlierContainer() throws IOException {
        Files.writeString(path, self() + "\n");
        try (PidFile _ = PidFile.claim(path, self())) {
            assertTrue(Files.exists(path));
        }
    }

    @Test
    void anythingElseInItIsLeftAlone() throws IOException {
        for (String content :
                List.of("", "abc\n", "-1\n", "0\n", "12 34\n", "1".repeat(40), "#!/bin/sh\nrm -rf precious\n")) {
            Files.writeString(path, content);

            assertEquals(ExitCode.DATA, refusal(), content);
            assertEquals(content, Files.readString(path));
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsAnIoError() {
        path = folder.resolve("no/such/bowline.pid");

        assertEquals(ExitCode.IO, refusal());
    }

    @Test
    void anotherProcesssFileIsNotRemoved() throws IOException {
        PidFile file = PidFile.claim(path, 1234);
        Files.writeString(path, "4321\n");
        file.close();

        assertEquals("4321\n", Files.readString(path));
    }
}
