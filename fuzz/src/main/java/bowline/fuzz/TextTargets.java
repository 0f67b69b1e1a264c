package bowline.fuzz;

import bowline.capture.CapturedConnection;
import bowline.cred.AuthString;
import bowline.cred.SlowWork;
import bowline.endpoint.EndpointString;
import bowline.log.JsonLogReader;
import bowline.log.LogEvent;
import bowline.policy.AddressBlock;
import bowline.simulation.fate.FaultFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// What users write and what logs hold.
final class TextTargets {
    private static final String CAPTURE = """
            bowline-capture 1
            protocol "Echo"
            opened 2026-01-01T00:00:00Z
            host tcp 127.0.0.1 7
            peer tcp6 ::1 54321 0 0
            dropped 0 0 0
            0 opened
            10 received 0 "ahoy\\r\\n"
            20 shown 6
            30 written "\\*\\x00"
            40 lost "done"
            """;

    private TextTargets() {}

    static List<Target> all() {
        return List.of(
                Target.of(
                        "endpoint-string",
                        "descriptions of endpoints (END-6)",
                        TextTargets::endpoint,
                        "tcp:80:interface=127.0.0.1",
                        "proxy:tcp\\:host=a\\:port=1:password=\\\\x=y",
                        "unix:/run/x\\=y"),
                Target.of(
                        "auth-string",
                        "--auth (CRD-9), but for what opens files",
                        TextTargets::auth,
                        "memory:ada:secret:bob:x",
                        "anonymous",
                        "unix"),
                Target.of(
                        "json-log",
                        "logs in JSON (LGR-12)",
                        TextTargets::log,
                        "\36{\"log_format\":\"a {b!r:>5} {c[0]}\",\"b\":[1,2.5e3,null,true],\"c\":{\"d\":\"\\u00e9\"}}\n",
                        "{\"log_format\":\"x\"}\n{\"log_level\":\"info\",\"log_failure\":{\"message\":\"m\"}}\n"),
                SyslogTarget.target(),
                Target.of(
                        "address-block",
                        "blocks of addresses, as in 10.0.0.0/8",
                        TextTargets::block,
                        "10.0.0.0/8",
                        "2001:db8::/32",
                        "::ffff:1.2.3.4"),
                Target.of(
                        "faults",
                        "what repeats a simulated case",
                        TextTargets::faults,
                        "reset@reader>poet#3,delay@x#0",
                        "delay,loss",
                        "none"),
                Target.of("capture", "files of captured connections", TextTargets::capture, CAPTURE));
    }

    private static void endpoint(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        EndpointString parsed;
        try {
            parsed = EndpointString.parse(text);
        } catch (IllegalArgumentException refused) {
            return;
        }
        if (!parsed.equals(EndpointString.parse(parsed.toString()))) {
            throw new BrokenRule("END-6: " + parsed + " is not read back");
        }
        EndpointString masked = parsed.masked();
        if (!masked.equals(EndpointString.parse(masked.toString())) || !masked.equals(masked.masked())) {
            throw new BrokenRule("END-6: masked it is not read back: " + masked);
        }
    }

    private static void auth(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        String type = text.strip().toLowerCase(Locale.ROOT);
        if (type.startsWith("file") || type.startsWith("ssh")) {
            return;
        }
        try {
            AuthString.checker(text, SlowWork.atOnce());
        } catch (IllegalArgumentException refused) {
            // as it shall be
        }
    }

    private static void block(byte[] input) {
        AddressBlock block;
        try {
            block = AddressBlock.of(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException refused) {
            return;
        }
        if (!AddressBlock.of(block.toString()).equals(block) || !block.contains(block.address())) {
            throw new BrokenRule(block + " is not read back");
        }
    }

    private static void faults(byte[] input) {
        FaultFilter filter;
        try {
            filter = FaultFilter.parse(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException refused) {
            return;
        }
        if (!FaultFilter.parse(filter.toString()).toString().equals(filter.toString())) {
            throw new BrokenRule(filter + " is not read back");
        }
    }

    private static void capture(byte[] input) {
        try {
            CapturedConnection.read(Scratch.file(input));
        } catch (IOException refused) {
            // as it shall be
        }
    }

    private static void log(byte[] input) {
        new JsonLogReader(new ByteArrayInputStream(input)).events().forEach(LogEvent::text);
    }
}
