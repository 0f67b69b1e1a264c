package bowline.reactor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The TCP ports of named services (CON-1): what the system's file of services says, and where that is silent or
/// missing, the names that everybody knows. The file is read once, with the first name that is asked for.
final class ServiceNames {
    /// Where the system keeps its names, in the form `http 80/tcp www # comment`.
    static final Path FILE = System.getProperty("os.name", "").startsWith("Windows")
            ? Path.of(
                    System.getenv().getOrDefault("SystemRoot", "C:\\Windows"), "System32", "drivers", "etc", "services")
            : Path.of("/etc/services");

    /// Most lines of the file that are read: far more than the whole registry of names has.
    static final int LINES_MAX = 100_000;

    /// From the registry of service names and port numbers (IANA).
    private static final Map<String, Integer> WELL_KNOWN = Map.ofEntries(
            Map.entry("echo", 7),
            Map.entry("discard", 9),
            Map.entry("daytime", 13),
            Map.entry("ftp", 21),
            Map.entry("ssh", 22),
            Map.entry("telnet", 23),
            Map.entry("smtp", 25),
            Map.entry("time", 37),
            Map.entry("whois", 43),
            Map.entry("domain", 53),
            Map.entry("finger", 79),
            Map.entry("http", 80),
            Map.entry("pop3", 110),
            Map.entry("nntp", 119),
            Map.entry("imap", 143),
            Map.entry("ldap", 389),
            Map.entry("https", 443),
            Map.entry("submissions", 465),
            Map.entry("submission", 587),
            Map.entry("ldaps", 636),
            Map.entry("domain-s", 853),
            Map.entry("imaps", 993),
            Map.entry("pop3s", 995),
            Map.entry("xmpp-client", 5222),
            Map.entry("xmpp-server", 5269));

    private static final class Known {
        static final Map<String, Integer> PORTS = read(FILE);

        private Known() {}
    }

    private ServiceNames() {}

    /// The TCP port of `service`. Names differ in case to the system, but hardly to people: the case is ignored.
    ///
    /// @throws ServiceNameUnknown if there is none
    static int tcpPort(String service) {
        return tcpPort(service, Known.PORTS);
    }

    static int tcpPort(String service, Map<String, Integer> ports) {
        Integer port = ports.get(service.toLowerCase(Locale.ROOT));
        if (port == null) {
            throw new ServiceNameUnknown(service);
        }
        return port;
    }

    /// The names in `file` and those that everybody knows.
    static Map<String, Integer> read(Path file) {
        var ports = new HashMap<String, Integer>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            lines.lines().limit(LINES_MAX).forEach(line -> take(line, ports));
        } catch (IOException | UncheckedIOException unreadable) {
            // Small systems have no such file; the well-known names remain.
        }
        WELL_KNOWN.forEach(ports::putIfAbsent);
        return Map.copyOf(ports);
    }

    /// Takes the names of one line; the first line that has a name counts.
    private static void take(String line, Map<String, Integer> ports) {
        int comment = line.indexOf('#');
        String[] words =
                (comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+");
        if (words.length < 2 || !words[1].endsWith("/tcp")) {
            return;
        }
        int port = number(words[1].substring(0, words[1].length() - "/tcp".length()));
        if (port < 0) {
            return;
        }
        for (int i = 0; i < words.length; i++) {
            if (i != 1) {
                ports.putIfAbsent(words[i].toLowerCase(Locale.ROOT), port);
            }
        }
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            return number <= 65_535 ? number : -1;
        } catch (NumberFormatException broken) {
            return -1;
        }
    }
}
