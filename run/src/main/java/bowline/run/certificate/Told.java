package bowline.run.certificate;

import bowline.failure.Failure;
import bowline.tls.certificate.UnusableMaterial;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;

/// What can go wrong with files, told in a line, as an exit code.
final class Told {
    private static final int DATA = 65;
    private static final int IO = 74;

    private Told() {}

    /// What it does.
    interface Work {
        int carryOut() throws IOException, UnusableMaterial;
    }

    static int by(PrintStream err, Work work) {
        try {
            return work.carryOut();
        } catch (UnusableMaterial unusable) {
            err.println("bowline: " + unusable.getMessage());
            return DATA;
        } catch (FileAlreadyExistsException there) {
            err.println("bowline: " + there.getMessage());
            return IO;
        } catch (IOException broken) {
            err.println("bowline: " + Failure.of(broken).value());
            return IO;
        }
    }
}
