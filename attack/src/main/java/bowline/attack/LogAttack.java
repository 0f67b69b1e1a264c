package bowline.attack;

import bowline.bytes.Ascii;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// G10: control characters and line ends of peers in the log.
final class LogAttack implements Attack {
    private static final String MARK = "2026-01-01T00:00:00+0000 bowline was here";

    private static final Duration UNTIL_LOGGED = Duration.ofMillis(500);

    /// Line ends of all kinds, the escapes of terminals, what turns text round, NUL, DEL and the end of a file.
    private static final List<String> TEXTS = List.of(
            "a\r\n" + MARK,
            "a\n" + MARK,
            "a\r" + MARK,
            "a\u0085" + MARK,
            "a\u2028" + MARK,
            "a\u001b[2J\u001b]0;a\u0007",
            "a\u009b2J",
            "a\u202eb",
            "a\0b\u007f\u001a\b");

    @Override
    public String rule() {
        return "G10";
    }

    @Override
    public String title() {
        return "control characters and line ends in the log";
    }

    @Override
    public List<Finding> run(Target target) throws Exception {
        LogTail.Source log = target.inside().log();
        Attempt attempt = target.attempt(this, "control characters in the log");
        if (log == null) {
            return List.of(attempt.not("the log does not show from outside: give inside(… .log(…)), or --log FILE"));
        }
        return List.of(attempt.says("requests and noise with line ends, NULs and escapes of terminals in them")
                .expects("all of them are escaped in the log")
                .by(() -> {
                    try (LogTail tail = log.open()) {
                        for (String request : requests(target.transcript())) {
                            Peer peer = target.connect();
                            peer.say(request);
                            peer.comesToBe(
                                    () -> peer.lost() || !peer.heard().isEmpty(),
                                    target.patience().dividedBy(10));
                            peer.end();
                        }
                        target.connect().waits(UNTIL_LOGGED);
                        return wrong(tail.text());
                    }
                }));
    }

    private static List<String> requests(Transcript transcript) {
        var requests = new ArrayList<String>();
        for (String text : TEXTS) {
            for (UnaryOperator<String> requestWith : transcript.repeating()) {
                requests.add(requestWith.apply(text));
            }
            requests.add(text + transcript.request());
            String request = transcript.request();
            requests.add(request.substring(0, request.length() / 2) + text + request.substring(request.length() / 2));
        }
        return requests;
    }

    private static String wrong(String log) {
        for (String line : log.split("\n", -1)) {
            if (line.startsWith(MARK)) {
                return "a peer wrote a line of the log: " + Ascii.quote(line, 160);
            }
            if (line.codePoints().anyMatch(LogAttack::isRaw)) {
                return "a control character stands in the log: " + Ascii.quote(line, 160);
            }
        }
        return "";
    }

    private static boolean isRaw(int c) {
        return c != '\t'
                && (Character.isISOControl(c)
                        || c == 0x2028
                        || c == 0x2029
                        || (c >= 0x202a && c <= 0x202e)
                        || (c >= 0x2066 && c <= 0x2069));
    }
}
