package bowline.log;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure;
import org.junit.jupiter.api.Test;

/// LGR-5, the line of the structured log; G10, that no peer forges one.
class TextLogObserverTest {
    private final LogBench bench = new LogBench();
    private final Logger log = bench.logger;

    TextLogObserverTest() {
        bench.publisher.add(new TextLogObserver(bench.file, LogBench.ZONE));
    }

    /// LGR-5
    @Test
    void aLineHasTimeNamespaceLevelAndText() {
        log.info("hi");

        assertThat(bench.written()).isEqualTo("2011-08-29T13:32:32+0200 [ns.sub#info] hi\n");
    }

    /// LGR-5
    @Test
    void aPrefixStandsInPlaceOfNamespaceAndLevel() throws Exception {
        LogContext.of(() -> "Poet,0,127.0.0.1").call(() -> {
            log.info("hi");
            return null;
        });

        assertThat(bench.written()).isEqualTo("2011-08-29T13:32:32+0200 [Poet,0,127.0.0.1] hi\n");
    }

    /// LGR-5
    @Test
    void aFailuresTracebackFollowsIndented() {
        log.failure("lost", Failure.of(new IllegalStateException("no ink")));

        assertThat(bench.written())
                .startsWith("2011-08-29T13:32:32+0200 [ns.sub#critical] lost\n\tTraceback (most recent call last):\n")
                .contains("no ink");
        assertThat(bench.written().lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("\t"));
    }

    /// LGR-5
    @Test
    void anEmptyTextIsNoLine() {
        log.info("");

        assertThat(bench.written()).isEmpty();
    }

    /// LGR-5
    @Test
    void withoutATimeFormatThereIsADash() {
        bench.publisher.add(new TextLogObserver(bench.file, (java.time.format.DateTimeFormatter) null));

        log.info("hi");

        assertThat(bench.written()).endsWith("\n- [ns.sub#info] hi\n");
    }

    /// G10, LOG-9: a value stays in its line; the program's own line ends are indented.
    @Test
    void aPeersLineEndIsEscapedAndOurOwnIsIndented() {
        log.info("two\nlines from {peer}", "evil\n2011-08-29T13:32:33+0200 [-] all is well");

        assertThat(bench.written())
                .isEqualTo("2011-08-29T13:32:32+0200 [ns.sub#info] two\n\tlines from evil\\n"
                        + "2011-08-29T13:32:33+0200 [-] all is well\n");
    }

    /// G10, LOG-9: a program that pastes a peer's words into its format still keeps column 0.
    @Test
    void aPeersWordsInAFormatCannotBeginALine() {
        log.info("got " + "\u001b[2Jx\r\n2011 [-] forged\u2028y\rz\u0085");

        assertThat(bench.written())
                .isEqualTo(
                        "2011-08-29T13:32:32+0200 [ns.sub#info] got \\x1b[2Jx\n\t2011 [-] forged\\u2028y\\rz\\x85\n");
    }

    /// G10
    @Test
    void aPeersWordsInAnExceptionCannotBeginALine() {
        log.failure("lost", Failure.of(new IllegalStateException("\u001b[31m\n2011 [-] forged")));

        assertThat(bench.written()).contains("\\x1b[31m\n\t2011 [-] forged").doesNotContain("\u001b");
    }

    /// G10
    @Test
    void aPrefixIsEscapedToo() throws Exception {
        LogContext.of(() -> "x\ny").call(() -> {
            log.info("hi");
            return null;
        });

        assertThat(bench.written()).contains("[x\\ny] hi");
    }

    /// UTF-8, whatever the platform's own encoding.
    @Test
    void linesAreUtf8() {
        log.info("{poem}", "Ελλάδα 👍");

        assertThat(bench.written()).endsWith("Ελλάδα 👍\n");
    }
}
