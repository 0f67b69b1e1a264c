package bowline.log.daemon;

import bowline.log.LogEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes events as systemd's journal reads them from the standard output of a service: lines with their
/// severity in front (`sd-daemon(3)`). Pure, and safe for any thread.
final class JournalFormat {

    /// Longest line that journald keeps whole as it is delivered (`LineMax=` in `journald.conf(5)`).
    static final int LINE_MAX_BYTES = 48 * 1024;

    private JournalFormat() {}

    /// What a connection begins with: the name, the unit, the usual severity, that lines may begin with one of
    /// their own, and that nothing is to be passed on to syslog, the kernel's log or the console.
    static byte[] greeting(String identifier) {
        return (identifier.replace('\n', ' ') + "\n\n6\n1\n0\n0\n0\n").getBytes(StandardCharsets.UTF_8);
    }

    /// The lines of an event, each an entry of its own there; empty where the event says nothing.
    static byte[] write(LogEvent event) {
        String body = event.body();
        var lines = new ByteArrayOutputStream(256);
        if (!body.isEmpty()) {
            String prefix = "<" + SyslogFormat.severity(event.level()) + ">";
            String who =
                    event.hasSystem() ? event.fieldTexts().getOrDefault("system", event.system()) : event.namespace();
            ("[" + who + "] " + body).lines().forEach(line -> appendLine(lines, prefix + line));
        }
        return lines.toByteArray();
    }

    private static void appendLine(ByteArrayOutputStream lines, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        lines.write(bytes, 0, SyslogFormat.wholeCharacters(bytes, LINE_MAX_BYTES - 1));
        lines.write('\n');
    }
}
