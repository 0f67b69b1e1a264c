package bowline.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The words by which this process can be started again.
final class OwnCommand {
    private static final Path OF_PROCESS = Path.of("/proc/self/cmdline");

    /// What `./bowline` says of itself, so that a successor finds the jars that are there by then.
    private static final String LAUNCHER = "bowline.launcher";
    private static final String PLUGIN_PATH = "bowline.plugin.path";

    private OwnCommand() {}

    /// Those of the launcher, if it was that; else those of the JVM, as the system tells them. Empty if it does
    /// not.
    ///
    /// @param words behind the program's name
    static List<String> of(List<String> words) {
        String launcher = System.getProperty(LAUNCHER, "");
        return launcher.isEmpty() ? ofProcess() : of(launcher, System.getProperty(PLUGIN_PATH, ""), words);
    }

    static List<String> of(String launcher, String plugins, List<String> words) {
        var command = new ArrayList<String>();
        command.add(launcher);
        for (String plugin : plugins.split(":", -1)) {
            if (!plugin.isEmpty()) {
                command.add("--plugin-path");
                command.add(plugin);
            }
        }
        command.addAll(words);
        return command;
    }

    private static List<String> ofProcess() {
        try {
            String all = Files.readString(OF_PROCESS);
            return List.of(all.substring(0, Math.max(0, all.length() - 1)).split("\0", -1));
        } catch (IOException unknown) {
            return List.of();
        }
    }
}
