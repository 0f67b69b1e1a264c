package bowline.run;

import bowline.endpoint.EndpointString;
import bowline.log.daemon.SyslogFraming;
import bowline.log.daemon.SyslogObserver;
import bowline.log.daemon.SyslogOptions;
import bowline.service.UsageError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// A syslog daemon as `--log-syslog` describes it: `udp:HOST:PORT`, `tcp:HOST:PORT` or `unix:PATH`. Streams count
/// octets, unless `framing=lines` stands behind.
final class SyslogTarget {
    private static final int PORT_MAX = 65_535;

    private SyslogTarget() {}

    /// Makes the observer. It connects when there is something to send.
    ///
    /// @throws UsageError if that describes no daemon
    static SyslogObserver open(String description) {
        try {
            return open(EndpointString.parse(description));
        } catch (IllegalArgumentException faulty) {
            throw new UsageError(
                    "--log-syslog \"" + description + "\" is no syslog daemon: " + faulty.getMessage(),
                    "write udp:HOST:514, tcp:HOST:601, tcp:HOST:PORT:framing=lines or unix:PATH");
        }
    }

    private static SyslogObserver open(EndpointString where) {
        SyslogOptions options = SyslogOptions.of("bowline");
        List<String> parts = where.positional();
        SyslogFraming framing = framing(where);
        return switch (where.type()) {
            case "udp" -> {
                expect(where, 2);
                yield SyslogObserver.udp(parts.get(0), port(parts.get(1)), options);
            }
            case "tcp" -> {
                expect(where, 2);
                yield SyslogObserver.tcp(parts.get(0), port(parts.get(1)), framing, options);
            }
            case "unix" -> {
                expect(where, 1);
                yield SyslogObserver.unix(path(parts.getFirst()), framing, options);
            }
            default -> throw new IllegalArgumentException("there is no way called " + where.type());
        };
    }

    private static void expect(EndpointString where, int parts) {
        if (where.positional().size() != parts) {
            throw new IllegalArgumentException(where.type() + " takes " + parts + " parts and has "
                    + where.positional().size());
        }
        for (String key : where.named().keySet()) {
            if (!key.equals("framing") || where.type().equals("udp")) {
                throw new IllegalArgumentException(where.type() + " has no option " + key);
            }
        }
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with the bounds.
        }
        throw new IllegalArgumentException("its port \"" + text + "\" is not a number from 1 to " + PORT_MAX);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException(invalid.getMessage(), invalid);
        }
    }

    private static SyslogFraming framing(EndpointString where) {
        String framing = where.named().getOrDefault("framing", "octets");
        return switch (framing) {
            case "octets" -> SyslogFraming.OCTET_COUNTING;
            case "lines" -> SyslogFraming.NON_TRANSPARENT;
            default -> throw new IllegalArgumentException("framing is octets or lines, not " + framing);
        };
    }
}
