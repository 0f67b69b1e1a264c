package bowline.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.bytes.Ascii;
import bowline.failure.Failure;
import bowline.framing.LineFramer;
import bowline.framing.LineOptions;
import bowline.junit.OnReactor;
import bowline.machine.Machine;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Each attack finds a server that is weak on purpose.
class WeakServersTest {
    private static final AttackLimits LIMITS = AttackLimits.USUAL
            .connections(100)
            .times(Duration.ofSeconds(10), Duration.ofSeconds(10))
            .patience(Duration.ofSeconds(2));

    private static Finding failed(String rule, Arena.Service service, Transcript transcript, String attempt) {
        return failed(service, pack -> pack.transcript(transcript).rules(rule), attempt);
    }

    private static Finding failed(Arena.Service service, UnaryOperator<AttackPack> how, String attempt) {
        AttackReport report = Arena.attack(3, service, pack -> how.apply(pack.limits(LIMITS)));
        return report.failed().stream()
                .filter(finding -> finding.attempt().equals(attempt))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not found out:\n" + report));
    }

    // G1

    @Test
    @DisplayName("G1: a server that keeps a line without end")
    void endlessLine() {
        Finding found = failed("G1", lines(line -> line), Transcript.line("hello", "hello"), "a unit without an end");

        assertThat(found.said()).isEqualTo("\"hello\" and up to 1048576 bytes behind it");
        assertThat(found.seen()).isEqualTo("took 1048576 bytes of one unit and still waits for its end");
    }

    @Test
    @DisplayName("G1: a server that makes room for what is only declared")
    void roomForWhatIsDeclared() {
        var room = new ArrayList<byte[]>();
        Arena.Service hoarder = server((text, _) -> {
            int colon = text.indexOf(':');
            if (text.endsWith(":") && !text.startsWith("-")) {
                room.add(new byte[(int) Math.min(1 << 20, Long.parseLong(text.substring(0, colon)))]);
            }
            return text.endsWith(",") ? text : null;
        });

        Finding found = failed(
                hoarder,
                pack -> pack.transcript(Transcript.netstring("hello", "hello"))
                        .rules("G1")
                        .inside(Inside.NOTHING.retained(() ->
                                room.stream().mapToLong(each -> each.length).sum())),
                "a length that is only declared");

        assertThat(found.seen()).contains("bytes more for 4 peers that have declared 16777216 bytes and sent none");
    }

    // G2

    @Test
    @DisplayName("G2: a server that counts no items")
    void uncountedItems() {
        Finding found = failed(
                "G2",
                server((text, _) -> text.endsWith("\r\n\r\n") ? "fine" : null),
                Transcript.of("a: b\r\n\r\n", "fine"::equals).items(count -> "a: b\r\n".repeat(count) + "\r\n"),
                "very many small items");

        assertThat(found.seen()).isEqualTo("answered a unit of 20000 items as if it were a usual one");
    }

    // G3

    @Test
    @DisplayName("G3: a redirect with a line end of the peer's in it")
    void splitResponse() {
        Arena.Service redirect = server((text, _) -> {
            if (!text.endsWith("\r\n\r\n")) {
                return null;
            }
            String path = URLDecoder.decode(text.split(" ", -1)[1], StandardCharsets.ISO_8859_1);
            return "HTTP/1.1 200 OK\r\nContent-Location: " + path + "\r\nContent-Length: 0\r\n\r\n";
        });

        Finding found = failed("G3", redirect, Transcript.http("a", "/"), "line ends in what it repeats");

        assertThat(found.seen()).contains("with a line of the attacker's");
    }

    @Test
    @DisplayName("G3: an encoder that narrows characters; one that refuses them holds")
    void narrowingEncoder() {
        Attack narrowing = Attacks.encoder(
                "narrowing",
                text -> text.getBytes(StandardCharsets.ISO_8859_1),
                bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
        Attack refusing = Attacks.encoder("refusing", Ascii::bytes, bytes -> Ascii.text(ByteBuffer.wrap(bytes)));

        Finding found = failed(
                lines(line -> line),
                pack -> pack.transcript(Transcript.line("hello", "hello"))
                        .and(narrowing)
                        .and(refusing)
                        .rules("G3"),
                "narrowing");

        assertThat(found.seen()).contains("made small: \"\\u").contains("is decoded to \"?\"");
    }

    // G4

    @Test
    @DisplayName("G4: a server that unfolds whatever comes")
    void bomb() {
        var held = new ArrayList<byte[]>();
        Arena.Service unfolding = _ -> Factory.of(() -> new Protocol() {
            @Override
            public void dataReceived(ByteBuffer unread) {
                String text =
                        StandardCharsets.ISO_8859_1.decode(unread.duplicate()).toString();
                int body = text.indexOf("\r\n\r\n") + 4;
                if (text.startsWith("GET")) {
                    unread.position(unread.limit());
                    transport().write(Ascii.bytes("HTTP/1.1 200 OK\r\n\r\n"));
                } else if (unread.remaining() == body + zipped(1 << 24).length) {
                    byte[] all = new byte[unread.remaining()];
                    unread.get(all);
                    held.add(unfolded(java.util.Arrays.copyOfRange(all, body, all.length)));
                    transport().write(Ascii.bytes("HTTP/1.1 200 OK\r\n\r\n"));
                }
            }
        });
        var limits = new AttackLimits(
                1 << 20, 100, 1 << 24, Duration.ofSeconds(9), Duration.ofSeconds(9), Duration.ofSeconds(2), 10, 100, 9);

        Finding found = failed(
                unfolding,
                pack -> pack.transcript(Transcript.http("a", "/"))
                        .limits(limits)
                        .rules("G4")
                        .inside(Inside.NOTHING.retained(() ->
                                held.stream().mapToLong(each -> each.length).sum())),
                "compressed zeros");

        assertThat(found.seen()).startsWith("holds 67108864 bytes more after 4 bodies of ");
    }

    @Test
    @DisplayName("G4: decoders that are off by one, and one that is not")
    void decoders() {
        AttackReport report = Arena.attack(
                3,
                lines(line -> line),
                pack -> pack.transcript(Transcript.line("hello", "hello"))
                        .and(Attacks.decoder("generous", 100_000, zipped -> unfolded(zipped, 100_001)))
                        .and(Attacks.decoder("strict", 100_000, zipped -> unfolded(zipped, 99_999)))
                        .and(Attacks.decoder("right", 100_000, zipped -> unfolded(zipped, 100_000)))
                        .rules("G4"));

        assertThat(report.failed())
                .extracting(Finding::attempt)
                .containsExactly("generous: a byte more", "strict: as much as is allowed");
    }

    // G5

    @Test
    @DisplayName("G5: a server that obeys before the log-in")
    void commandBeforeLogin() {
        Finding found = failed(
                "G5",
                lines(line -> line.equals("DELETE") ? "deleted" : "hello"),
                Transcript.line("LOGIN", "hello").early("DELETE\r\n", answer -> answer.contains("deleted")),
                "words before their time");

        assertThat(found.seen()).isEqualTo("obeyed \"DELETE\\r\\n\": \"deleted\\r\\n\"");
    }

    @Test
    @DisplayName("G5: a server that serves nobody after wrong words")
    void deafAfterWrongWords() {
        var deaf = new boolean[1];
        Arena.Service service = lines(line -> {
            deaf[0] |= !line.equals("hello");
            return deaf[0] ? "" : line;
        });

        Finding found = failed("G5", service, Transcript.line("hello", "hello"), "wrong words");

        assertThat(found.seen()).contains("a good client got no good answer");
    }

    // G6

    @Test
    @DisplayName("G6: a server without deadlines")
    void noDeadlines() {
        AttackReport report = Arena.attack(
                3,
                lines(line -> line),
                pack -> pack.limits(LIMITS)
                        .transcript(Transcript.line("hello", "hello"))
                        .rules("G6"));

        assertThat(report.failed())
                .extracting(Finding::attempt)
                .contains("a unit that trickles", "a peer that says nothing");
    }

    @Test
    @DisplayName("G6: a server that keeps all it has to say to whom does not read")
    void keepsWhatIsNotRead() {
        AttackReport report = Arena.attack(
                3,
                lines(line -> line),
                pack -> pack.transcript(Transcript.line("hello", "hello")).rules("G6"),
                ListenOptions.DEFAULT);

        assertThat(report.failed())
                .extracting(Finding::seen)
                .contains("took 16777216 bytes of requests from a peer that reads no answer");
    }

    @Test
    @DisplayName("G6: a server that is slower the more wait")
    void slowInTheCrowd() {
        var open = new int[1];
        Arena.Service service = reactor -> Factory.of(() -> new Protocol() {
            @Override
            public void connectionMade() {
                open[0]++;
            }

            @Override
            public void dataReceived(ByteBuffer unread) {
                if (unread.remaining() >= 7) {
                    unread.position(unread.limit());
                    reactor.callLater(
                            Duration.ofMillis(5L * open[0]), () -> transport().write(Ascii.bytes("hello")));
                }
            }

            @Override
            public void connectionLost(Failure reason) {
                open[0]--;
            }
        });

        Finding found = failed("G6", service, Transcript.line("hello", "hello"), "a crowd that says half of a request");

        assertThat(found.seen()).matches("a good answer took [0-9]{3,} ms in the crowd, and [0-9]{1,2} ms without it");
    }

    // G7

    @Test
    @DisplayName("G7: a server that takes each piece for a request")
    void piecewise() {
        Arena.Service service = _ -> Factory.of(() -> new Protocol() {
            @Override
            public void dataReceived(ByteBuffer unread) {
                boolean whole = unread.remaining() == "hello\r\n".length();
                unread.position(unread.limit());
                transport().write(Ascii.bytes(whole ? "yes" : "no"));
            }
        });

        failed("G7", service, Transcript.line("hello", "yes"), "a request a byte at a time");
        failed("G7", service, Transcript.line("hello", "yes"), "a request cut at random");
    }

    @Test
    @OnReactor
    @DisplayName("G7: a machine that looks at everything again, one that cares where it is cut, and a good one")
    void machines(Reactor reactor) throws Exception {
        assertThat(run(reactor, "again", Forgetful::new)).containsExactly("again: cost of single bytes");
        assertThat(run(reactor, "careless", Careless::new)).containsExactly("careless: any cut");
        assertThat(run(reactor, "lines", () -> new LineFramer(LineOptions.lf().lineMaxBytes(1 << 20))))
                .isEmpty();
    }

    private static List<String> run(
            Reactor reactor, String name, java.util.function.Supplier<Machine<ByteBuffer>> machines) throws Exception {
        var port = reactor.listenTcp(0, lines(line -> line).on(reactor));
        var there = bowline.endpoint.ClientEndpoint.of(reactor, "tcp:127.0.0.1:" + port.port());
        AttackReport report = AttackPack.against(there)
                .transcript(Transcript.line("hello", "hello"))
                .rules("G12")
                .and(Attacks.machine(name, size -> Ascii.bytes("a".repeat(size - 1) + "\n"), machines))
                .run(reactor)
                .await();
        port.stopListening().await();
        return report.failed().stream().map(Finding::attempt).toList();
    }

    // G8

    @Test
    @DisplayName("G8: a server that spins when a peer has said its last")
    void spins() {
        Arena.Service service = reactor -> Factory.of(() -> new Spinning(reactor));

        Finding found = failed("G8", service, Transcript.raw("hello", "hello"), "at rest afterwards");

        assertThat(found.seen()).matches("makes [0-9]{3,} turns a second while nothing happens, and made 0 before");
    }

    // G9

    @Test
    @DisplayName("G9: a server that keeps all who come")
    void keepsAll() {
        Finding found = failed(
                "G9", lines(line -> line), Transcript.line("hello", "hello"), "very many connections of one source");

        assertThat(found.seen()).isEqualTo("keeps all of 100 connections of one source");
    }

    // G10

    @Test
    @DisplayName("G10: a log with lines and escapes of the peer's")
    void rawLog() {
        var log = new StringBuilder();
        Arena.Service service = lines(line -> {
            log.append("heard ").append(line).append('\n');
            return line;
        });

        Finding found = failed(
                service,
                pack -> pack.transcript(Transcript.line("hello", "hello"))
                        .rules("G10")
                        .inside(Inside.NOTHING.log(() -> tail(log))),
                "control characters in the log");

        assertThat(found.seen()).startsWith("a ").contains("\"heard ");
    }

    private static LogTail tail(StringBuilder log) {
        return new LogTail() {
            @Override
            public String text() {
                return log.toString();
            }

            @Override
            public void close() {
                // nothing was opened
            }
        };
    }

    // G11

    @Test
    @DisplayName("G11: tokens that count, that are short, that come twice")
    void tokens() {
        assertThat(tokens(number -> "%016x".formatted(0x1234_5678_9ABC_DEF0L + 0x1111_1111L * number)))
                .startsWith("each token is a larger number than that before it, as \"123");
        assertThat(tokens(number -> "%04x".formatted(number * 40_503 & 0xFFFF)))
                .contains("at most")
                .contains("bits vary");
        assertThat(tokens(number -> "%016x".formatted((long) (number / 2) << 32)))
                .isEqualTo("a token came twice within 100");
        assertThat(tokens(_ -> "")).isEqualTo("an answer had no token");
    }

    private static String tokens(java.util.function.IntFunction<String> tokens) {
        var count = new int[1];
        return failed(
                        "G11",
                        lines(_ -> tokens.apply(count[0]++) + "."),
                        Transcript.line("token?", ".").token(answer -> answer.substring(0, answer.indexOf('.'))),
                        "tokens")
                .seen();
    }

    @Test
    @DisplayName("G11: tokens of SecureRandom hold")
    void goodTokens() {
        var random = new java.security.SecureRandom();
        Arena.attack(
                        3,
                        lines(_ -> "%016x%016x.".formatted(random.nextLong(), random.nextLong())),
                        pack -> pack.transcript(Transcript.line("token?", ".")
                                        .token(answer -> answer.substring(0, answer.indexOf('.'))))
                                .rules("G11"))
                .assertHolds();
    }

    // G12

    @Test
    @DisplayName("G12: a refusal that tells who is known, and one that comes sooner for the unknown")
    void users() {
        var login =
                Transcript.line("hello", "hello").login("LOGIN nobody x\r\n", "LOGIN ada x\r\n", a -> a.endsWith("\n"));
        Arena.Service telling =
                lines(line -> line.contains("nobody") ? "no such user" : line.contains("ada") ? "no" : line);
        Arena.Service slow = reactor -> Factory.of(() -> new Answering((text, self) -> {
            if (text.contains("ada")) {
                reactor.callLater(Duration.ofMillis(80), () -> self.transport().write(Ascii.bytes("no\r\n")));
                return "";
            }
            return text.endsWith("\r\n") ? text.contains("nobody") ? "no\r\n" : text : null;
        }));
        Arena.Service alike = lines(line -> line.contains("LOGIN") ? "no" : line);

        String attempt = "an unknown user and a wrong password";
        assertThat(failed("G12", telling, login, attempt).seen()).contains("is told \"no such user");
        assertThat(failed("G12", slow, login, attempt).seen()).contains("(medians)");
        Arena.attack(3, alike, pack -> pack.transcript(login).rules("G12")).assertHolds();
    }

    // The pack itself

    @Test
    void anAttackOfOnesOwn() {
        record Shouting() implements Attack {
            @Override
            public String rule() {
                return "MY-1";
            }

            @Override
            public String title() {
                return "shouting";
            }

            @Override
            public List<Finding> run(Target target) throws Exception {
                return List.of(target.attempt(this, "upper case")
                        .says("HELP")
                        .expects("an answer in lower case")
                        .by(() -> {
                            Peer peer = target.connect();
                            peer.say("HELP\r\n");
                            peer.comesToBe(() -> peer.heard().endsWith("\n"), target.patience());
                            return peer.heard().equals("help\r\n")
                                    ? ""
                                    : "shouts " + peer.heard().strip();
                        }));
            }
        }

        Finding found = failed(
                lines(line -> line),
                pack -> pack.transcript(Transcript.line("hello", "hello"))
                        .and(new Shouting())
                        .rules("my-1"),
                "upper case");

        assertThat(found).hasToString("""
                MY-1 FAILED     upper case
                       said      HELP
                       expected  an answer in lower case
                       seen      shouts HELP""");
    }

    @Test
    void aTranscriptThatDoesNotFitIsToldBeforeAnyAttack() {
        assertThatThrownBy(() -> Arena.attack(
                        3, lines(_ -> "no"), pack -> pack.limits(LIMITS).transcript(Transcript.line("hello", "yes"))))
                .hasMessageContaining("before any attack, a good client got no good answer within 2000 ms; does the"
                        + " service talk like \"hello\\r\\n\"?");
    }

    @Test
    void theSameSeedSaysTheSame() {
        assertThat(heard(3)).isEqualTo(heard(3)).isNotEqualTo(heard(4));
    }

    private static List<String> heard(long seed) {
        var heard = new ArrayList<String>();
        Arena.Service service = lines(line -> {
            heard.add(line);
            return line;
        });
        Arena.attack(
                seed,
                service,
                pack -> pack.limits(LIMITS)
                        .transcript(Transcript.line("hello", "hello"))
                        .rules("G5"));
        heard.removeIf("hello"::equals); // a good client's, who asks as time allows
        return heard;
    }

    @Test
    void onlyRulesThatThereAreAreTaken() {
        assertThatThrownBy(() -> Arena.attack(3, lines(line -> line), pack -> pack.rules("g6", "G99")))
                .hasMessageContaining("there is no rule G99; there are G1, G2, ");
    }

    // Servers

    /// Answers what `answer` makes of all that has come since the last answer; null: more has to come.
    private static Arena.Service server(BiFunction<String, Protocol, @Nullable String> answer) {
        return _ -> Factory.of(() -> new Answering(answer));
    }

    /// Answers each line, however long.
    private static Arena.Service lines(UnaryOperator<String> answer) {
        return server((text, _) -> text.endsWith("\n") ? answer.apply(text.strip()) + "\r\n" : null);
    }

    private static final class Answering extends Protocol {
        private final BiFunction<String, Protocol, @Nullable String> answer;
        private final StringBuilder text = new StringBuilder();

        Answering(BiFunction<String, Protocol, @Nullable String> answer) {
            this.answer = answer;
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            text.append(StandardCharsets.ISO_8859_1.decode(unread));
            String said = answer.apply(text.toString(), this);
            if (said != null) {
                text.setLength(0);
                transport().write(said.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static final class Spinning extends Protocol implements HalfCloseable {
        private final Reactor reactor;

        Spinning(Reactor reactor) {
            this.reactor = reactor;
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }

        @Override
        public void readConnectionLost() {
            transport().loseConnection();
            again();
        }

        private void again() {
            reactor.callLater(Duration.ofMillis(1), this::again);
        }

        @Override
        public void writeConnectionLost() {}
    }

    private static final class Forgetful implements Machine<ByteBuffer> {
        @Override
        public @Nullable ByteBuffer next(ByteBuffer unread) {
            for (int i = unread.position(); i < unread.limit(); i++) {
                if (unread.get(i) == '\n') {
                    ByteBuffer line = unread.slice(unread.position(), i - unread.position());
                    unread.position(i + 1);
                    return line;
                }
            }
            return null;
        }

        @Override
        public void send(ByteBuffer event, bowline.bytes.ByteSink sink) {
            sink.write(event);
        }
    }

    private static final class Careless implements Machine<ByteBuffer> {
        @Override
        public @Nullable ByteBuffer next(ByteBuffer unread) {
            if (!unread.hasRemaining()) {
                return null;
            }
            ByteBuffer all = unread.slice();
            unread.position(unread.limit());
            return all;
        }

        @Override
        public void send(ByteBuffer event, bowline.bytes.ByteSink sink) {
            sink.write(event);
        }
    }

    private static byte[] zipped(int size) {
        try {
            return BombAttack.zipped(size);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] unfolded(byte[] zipped) {
        try {
            return new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static long unfolded(byte[] zipped, int max) throws IOException {
        int length = new GZIPInputStream(new ByteArrayInputStream(zipped)).readNBytes(max + 1).length;
        if (length > max) {
            throw new IOException("more than " + max);
        }
        return length;
    }
}
