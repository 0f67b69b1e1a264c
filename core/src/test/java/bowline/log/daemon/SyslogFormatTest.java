package bowline.log.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.LogEvent;
import bowline.log.LogLevel;
import bowline.log.LogPublisher;
import bowline.log.Logger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// RFC 5424 §6: the form of a message.
class SyslogFormatTest {
    private static final SyslogOptions OPTIONS =
            new SyslogOptions(SyslogFacility.LOCAL4, "host", "poetry", "4711", "poem@32473", 2_048);

    private final List<LogEvent> events = new ArrayList<>();
    private final Logger log = Logger.of("poetry.Server")
            .to(new LogPublisher(events::add))
            .timedBy(() -> Instant.parse("2003-10-11T22:14:15.003000999Z"));

    private String written(SyslogOptions options, boolean oneLine) {
        return new String(new SyslogFormat(options, oneLine).write(events.getLast()), StandardCharsets.UTF_8);
    }

    private String written() {
        return written(OPTIONS, false);
    }

    /// §6.2, §6.3: facility 20 and severity 6 are 166; microseconds; the keys as structured data.
    @Test
    void anEventIsAMessage() {
        log.info("{poet} has {count} readers", "Poe", 3);

        assertThat(written())
                .isEqualTo("<166>1 2003-10-11T22:14:15.003000Z host poetry 4711 Server"
                        + " [poem@32473 namespace=\"poetry.Server\" level=\"info\" poet=\"Poe\" count=\"3\"]"
                        + " Poe has 3 readers");
    }

    /// §6.2.1
    @Test
    void levelsAreSeverities() {
        var priorities = new ArrayList<String>();
        for (LogLevel level : LogLevel.values()) {
            log.emit(level, "x");
            priorities.add(written().substring(0, 5));
        }

        assertThat(priorities).containsExactly("<167>", "<166>", "<164>", "<163>", "<162>");
    }

    /// §6.2.4 to §6.2.7: both sides of each limit.
    @Test
    void fieldsOfTheHeaderAreCutAndVisible() {
        String long300 = "x".repeat(300);
        Logger.of("a." + long300).to(new LogPublisher(events::add)).info("text");

        String[] fields = written(
                        new SyslogOptions(SyslogFacility.USER, long300, "my app\u00fc\n", "", "id", 2_048), false)
                .split(" ");

        assertThat(fields[2]).isEqualTo("x".repeat(255));
        assertThat(fields[3]).isEqualTo("my_app__");
        assertThat(fields[4]).isEqualTo("-");
        assertThat(fields[5]).isEqualTo("x".repeat(32));
    }

    /// §6.3.3
    @Test
    void namesAndValuesOfStructuredDataAreEscaped() {
        log.with("a=b ]\"\u00e9", "c\"d]e\\f\ng").with("k".repeat(33), "\u00e9").info("text");

        assertThat(written())
                .contains(" a_b____=\"c\\\"d\\]e\\\\f\\\\ng\"")
                .contains(" " + "k".repeat(32) + "=\"\u00e9\"");
    }

    /// §6.4: the mark stands before what is more than ASCII.
    @Test
    void textThatIsNotAsciiHasAMark() {
        log.info("plain");
        assertThat(written()).endsWith("] plain");
        log.info("gr\u00fc\u00df");
        assertThat(written()).endsWith("] \ufeffgr\u00fc\u00df");
    }

    /// G10, RFC 6587 §3.4.2: a peer's line end is escaped; our own stays where a length says where the end is.
    @Test
    void aTracebackHasLinesUnlessALineFeedIsTheEnd() {
        log.failure("lost {what}", Failure.of(new IOException("gone")), "a\nb");

        assertThat(written()).contains("] lost a\\nb\n\t").contains("java.io.IOException");
        assertThat(written(OPTIONS, true)).contains("] lost a\\nb\\n\t").doesNotContain("\n");
    }

    @Test
    void thePrefixOfTheWorkIsAValue() throws Exception {
        LogContext.of(() -> "Poet,1").with("request", 7).call(() -> {
            log.info("x");
            return null;
        });

        assertThat(written()).contains(" system=\"Poet,1\" request=\"7\"]");
    }

    /// §6.1: both sides of the limit; no character is cut in two.
    @Test
    void aLongTextIsCut() {
        log.info("{}", "");
        int rest = 480 - new SyslogFormat(OPTIONS, false).write(events.getLast()).length;
        log.info("y".repeat(rest));
        assertThat(written(OPTIONS.withMessageMaxBytes(480), false))
                .doesNotContain("_out")
                .endsWith("yy");
        for (int more = 0; more < 4; more++) {
            log.info("y".repeat(more) + "\u20ac".repeat(400));
            byte[] cut = new SyslogFormat(OPTIONS.withMessageMaxBytes(480), false).write(events.getLast());
            assertThat(cut.length).isBetween(477, 480);
            assertThat(new String(cut, StandardCharsets.UTF_8)).endsWith("\u20ac");
        }
    }

    @Test
    void valuesThatDoNotFitAreCounted() {
        log.with("small", 1)
                .with("big", "v".repeat(1_000))
                .with("huge", "v".repeat(9_000))
                .info("the text");

        assertThat(written()).contains(" small=\"1\" left_out=\"2\"] the text");
    }

    /// Whatever an event says, its message is within the limit and has the form of one.
    @Test
    void anyEventMakesAMessage() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            Logger any = log;
            for (int keys = random.nextInt(5); keys > 0; keys--) {
                any = any.with("k" + text(random, 40), text(random, 300));
            }
            any.info("says {value}", text(random, 3_000)); // one that says nothing is no message
            int max = 480 + random.nextInt(2_000);
            byte[] message = new SyslogFormat(OPTIONS.withMessageMaxBytes(max), true).write(events.getLast());
            assertThat(message.length).as("seed %d", seed).isLessThanOrEqualTo(max);
            assertThat(new String(message, StandardCharsets.UTF_8))
                    .as("seed %d", seed)
                    .startsWith("<166>1 2003-10-11T22:14:15.003000Z host poetry 4711 Server [poem@32473 ")
                    .doesNotContain("\n", "\0");
        }
    }

    private static String text(Random random, int max) {
        return random.ints(random.nextInt(max), 0, 0x3000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void anEventThatSaysNothingIsNoMessage() {
        log.info("");

        assertThat(written()).isEmpty();
        assertThat(SyslogObserver.frame(SyslogFraming.OCTET_COUNTING, new byte[0]))
                .isEmpty();
    }

    /// RFC 6587 §3.4
    @Test
    void streamsHaveFrames() {
        byte[] message = "<1>1 \u00fc".getBytes(StandardCharsets.UTF_8);

        assertThat(SyslogObserver.frame(SyslogFraming.OCTET_COUNTING, message))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("7 <1>1 \u00fc");
        assertThat(SyslogObserver.frame(SyslogFraming.NON_TRANSPARENT, message))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<1>1 \u00fc\n");
    }

    /// Both sides of the limits.
    @Test
    void limitsThatNoReceiverHasAreRefused() {
        assertThat(OPTIONS.withMessageMaxBytes(480).messageMaxBytes()).isEqualTo(480);
        assertThatThrownBy(() -> OPTIONS.withMessageMaxBytes(479)).hasMessageContaining("RFC 5424 §6.1");
        assertThatThrownBy(() -> SyslogObserver.udp("127.0.0.1", 514, OPTIONS, 65_508))
                .hasMessageContaining("65507");
        SyslogObserver.udp("127.0.0.1", 514, OPTIONS, 65_507).close();
    }

    /// The journal's stream: a severity before every line.
    @Test
    void theJournalHasLines() throws Exception {
        log.failure("lost {what}", Failure.of(new IOException("gone")), "a\nb");
        List<String> lines = new String(JournalFormat.write(events.getLast()), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(lines.getFirst()).isEqualTo("<2>[poetry.Server] lost a\\nb");
        assertThat(lines).allSatisfy(line -> assertThat(line).startsWith("<2>")).hasSizeGreaterThan(2);

        log.info("{}", "\u20ac".repeat(16_000));
        assertThat(JournalFormat.write(events.getLast()).length).isBetween(40_000, JournalFormat.LINE_MAX_BYTES);
        log.info("\u20ac".repeat(20_000));
        assertThat(JournalFormat.write(events.getLast()).length)
                .isBetween(JournalFormat.LINE_MAX_BYTES - 3, JournalFormat.LINE_MAX_BYTES);
        assertThat(new String(JournalFormat.greeting("poe\ntry"), StandardCharsets.UTF_8))
                .isEqualTo("poe try\n\n6\n1\n0\n0\n0\n");
    }
}
