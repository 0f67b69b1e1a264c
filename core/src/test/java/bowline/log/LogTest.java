package bowline.log;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure;
import java.io.OutputStream;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Section 37, the legacy log.
class LogTest {
    private final LogBench bench = new LogBench();

    /// LOG-5, LOG-6, LOG-8; the first line of the transcripts (P4).
    @Test
    void theFirstLineIsLogOpened() {
        bench.log.startLogging(new FileLogObserver(bench.file, LogBench.ZONE), true);

        assertThat(bench.written()).isEqualTo("2011-08-29 13:32:32+0200 [-] Log opened.\n");
    }

    /// LOG-5
    @Test
    void whatWasLoggedBeforeTheLogWasOpenedIsDiscarded() {
        msg("early");

        bench.log.startLogging(new FileLogObserver(bench.file, LogBench.ZONE), true);

        assertThat(bench.written()).doesNotContain("early");
    }

    /// LOG-5
    @Test
    void loggingToItsOwnRedirectedOutputDoesNothing() {
        bench.log.startLogging(bench.file, true);
        bench.file.reset();

        assertThat(bench.log.startLogging(bench.out, true)).isNull();
        assertThat(bench.written()).isEmpty();
        assertThat(bench.publisher.observers()).hasSize(1);
    }

    /// LOG-1, LOG-3
    @Test
    void partsAreJoinedBySpaces() {
        bench.started();

        msg("Cmd received from", "127.0.0.1", ":", 7, null);

        assertThat(bench.written()).endsWith("[-] Cmd received from 127.0.0.1 : 7 null\n");
    }

    /// LOG-1
    @Test
    void anEventIsAMapWithMessageTimeSystemAndIsError() {
        LogEvent event = captured(() -> bench.log.msg(Map.of("user", "ada"), List.of("hello", "there")));

        assertThat(event.legacyKeys())
                .containsEntry("message", List.of("hello", "there"))
                .containsEntry("time", LogBench.MOMENT.getEpochSecond() * 1.0)
                .containsEntry("system", "-")
                .containsEntry("isError", 0)
                .containsEntry("user", "ada");
    }

    /// LOG-2, LOG-3
    @Test
    void anExceptionIsLoggedWithItsTracebackUnderUnhandledError() {
        bench.started();

        bench.log.err(Failure.of(new IllegalStateException("the poem is lost")), null);

        assertThat(bench.written())
                .startsWith("2011-08-29 13:32:32+0200 [-] Unhandled Error\n\tTraceback (most recent call last):\n\t")
                .contains("java.lang.IllegalStateException: the poem is lost")
                .contains("\n\t\tat " + LogTest.class.getName());
        assertThat(bench.written().lines().skip(1)).allMatch(line -> line.startsWith("\t"));
    }

    /// LOG-2
    @Test
    void theReasonGivenStandsInPlaceOfUnhandledError() {
        bench.started();

        bench.log.err(Failure.of(new IllegalStateException()), "while reading");

        assertThat(bench.written()).contains("[-] while reading\n\tTraceback").doesNotContain("Unhandled Error");
    }

    /// LOG-2
    @Test
    void anythingElseIsLoggedByItsDebugTextAsAnError() {
        bench.started();

        LogEvent event = captured(() -> bench.log.err("odd"));

        assertThat(event.isError()).isTrue();
        assertThat(event.level()).isEqualTo(LogLevel.CRITICAL);
        assertThat(bench.written()).endsWith("[-] \"odd\"\n");
    }

    /// LOG-3
    @Test
    void aMessageStandsForTheEventEvenWhenThereIsAFailure() {
        bench.started();

        bench.log.msg(Map.of("isError", 1, "failure", Failure.of(new RuntimeException())), List.of("short"));

        assertThat(bench.written()).endsWith("[-] short\n").doesNotContain("Traceback");
    }

    /// LOG-3
    @Test
    void anEventWithoutPartsIsFormattedInPercentStyle() {
        bench.started();

        bench.log.msg(Map.of("format", "%(user)s did %(count)03d of 100%%", "user", "ada", "count", 7), List.of());

        assertThat(bench.written()).endsWith("[-] ada did 007 of 100%\n");
    }

    /// LOG-3
    @Test
    void anEventWithoutAnyTextIsPassedOver() {
        bench.started();

        bench.log.msg(Map.of("user", "ada"), List.of());

        assertThat(bench.written()).isEmpty();
    }

    /// LOG-4
    @Test
    void aBadFormatGivesALineThatSaysSo() {
        bench.started();

        bench.log.msg(Map.of("format", "%(absent)s", "user", new Unprintable()), List.of());

        assertThat(bench.written())
                .contains("Invalid format string or unformattable object")
                .contains("%(absent)s")
                .contains("user");
    }

    /// LOG-4
    @Test
    void aPartWithoutATextDoesNotStopTheLog() {
        bench.started();

        msg("before", new Unprintable(), "after");

        assertThat(bench.written())
                .contains("before (this ")
                .contains("its toString threw")
                .endsWith(" after\n");
    }

    /// LOG-6
    @Test
    void aYearBelowOneThousandIsNotPadded() {
        assertThat(LogTime.legacy(LogBench.ZONE).text(java.time.Instant.parse("0987-01-02T03:04:05Z")))
                .isEqualTo("987-01-02 05:04:05+0200");
    }

    /// LOG-7
    @Test
    void theTimeFormatCanBeReplaced() {
        var format = DateTimeFormatter.ofPattern("HH.mm").withZone(LogBench.ZONE);

        bench.publisher.add(new FileLogObserver(bench.file, format));
        msg("hi");

        assertThat(bench.written()).isEqualTo("13.32 [-] hi\n");
    }

    /// LOG-8, LOG-12
    @Test
    void thePrefixIsThatOfTheWorkInHand() {
        bench.started();

        bench.log.callWithLogger(() -> "CmdProtocol,0,127.0.0.1", () -> {
            msg("Cmd received from 127.0.0.1 : hello server");
            return null;
        });
        msg("outside");

        assertThat(bench.written().lines())
                .containsExactly(
                        "2011-08-29 13:32:32+0200 [CmdProtocol,0,127.0.0.1] Cmd received from 127.0.0.1 : hello server",
                        "2011-08-29 13:32:32+0200 [-] outside");
    }

    /// LOG-8
    @Test
    void aStructuredEventWithoutAPrefixHasADash() {
        bench.started();

        bench.logger.info("hello");

        assertThat(bench.written()).isEqualTo("2011-08-29 13:32:32+0200 [-] hello\n");
    }

    /// LOG-9; the last line of the transcripts (P4).
    @Test
    void furtherLinesAreIndented() {
        bench.started();

        bench.logger.info(
                "Lost client connection. Reason: {reason}",
                Failure.of(new Traceless("Connection was closed cleanly.")));

        assertThat(bench.written())
                .endsWith(
                        "[-] Lost client connection. Reason: [Failure instance: Traceback (failure with no frames): <class '"
                                + Traceless.class.getName() + "'>: Connection was closed cleanly.\n\t]\n");
    }

    /// LOG-10
    @Test
    void anEventIsOneWriteAndIsFlushed() {
        var calls = new ArrayList<String>();
        bench.publisher.add(new FileLogObserver(new OutputStream() {
            @Override
            public void write(int octet) {
                calls.add("octet");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                calls.add("write");
            }

            @Override
            public void flush() {
                calls.add("flush");
            }
        }));

        msg("one\ntwo");

        assertThat(calls).containsExactly("write", "flush");
    }

    /// LOG-10
    @Test
    void anInterruptedWriteIsTakenUpWhereItStopped() {
        bench.publisher.add(new FileLogObserver(
                new OutputStream() {
                    private boolean interrupt = true;

                    @Override
                    public void write(int octet) {
                        throw new AssertionError();
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) throws java.io.InterruptedIOException {
                        if (interrupt) {
                            interrupt = false;
                            bench.file.write(bytes, offset, 5);
                            var cut = new java.io.InterruptedIOException();
                            cut.bytesTransferred = 5;
                            throw cut;
                        }
                        bench.file.write(bytes, offset, length);
                    }
                },
                LogBench.ZONE));

        msg("whole");

        assertThat(bench.written()).isEqualTo("2011-08-29 13:32:32+0200 [-] whole\n");
    }

    /// LOG-12
    @Test
    void aContextsKeysAreInTheEvent() throws Exception {
        var seen = new ArrayList<@Nullable Object>();
        bench.publisher.add(event -> seen.add(event.get("request")));

        Log.callWithContext(Map.of("request", 17), () -> {
            msg("inside");
            return null;
        });
        msg("outside");

        assertThat(seen).containsExactly(17, null);
    }

    /// LOG-12
    @Test
    void anExceptionInACallWithALoggerIsLoggedUnderItsPrefixAndGoesNoFurther() {
        bench.started();

        Object result = bench.log.callWithLogger(() -> "Poet", () -> {
            throw new java.io.IOException("no ink");
        });

        assertThat(result).isNull();
        assertThat(bench.written()).contains("[Poet] Unhandled Error").contains("no ink");
    }

    /// LOG-12
    @Test
    void aPrefixThatThrowsIsCalledBuggy() {
        bench.started();

        bench.log.callWithLogger(
                () -> {
                    throw new IllegalStateException();
                },
                () -> {
                    msg("still here");
                    return null;
                });

        assertThat(bench.written()).endsWith("[(buggy logPrefix method)] still here\n");
    }

    /// LOG-14 (a); P25
    @Test
    void aSubclassOfFileLogObserverWritesInItsOwnManner() {
        class Shouting extends FileLogObserver {
            Shouting() {
                super(bench.file, LogBench.ZONE);
            }

            @Override
            public void emit(LogEvent event) {
                write(formatTime(event.time()) + " " + event.text().toUpperCase(java.util.Locale.ROOT) + "!\n");
            }
        }
        bench.publisher.add(new Shouting()::emit);

        msg("hello");

        assertThat(bench.written()).isEqualTo("2011-08-29 13:32:32+0200 HELLO!\n");
    }

    /// LOG-14 (b); P25
    @Test
    void anythingThatCanBeCalledIsAnObserver() {
        class Counter implements LogObserver {
            private int events;

            @Override
            public void observe(LogEvent event) {
                events++;
            }
        }
        var counter = new Counter();
        var texts = new ArrayList<String>();
        bench.publisher.add(counter);
        bench.publisher.add(event -> texts.add(event.text()));

        msg("one");
        msg("two");

        assertThat(counter.events).isEqualTo(2);
        assertThat(texts).containsExactly("one", "two");
    }

    /// LOG-14, LOG-11: on the process's own log.
    @Test
    void anObserverStartsAndStops() {
        var observer = new FileLogObserver(bench.file);

        observer.start();
        observer.start();
        Log.msg("started");
        observer.stop();
        Log.msg("stopped");

        assertThat(bench.written().lines()).singleElement().asString().endsWith("[-] started");
    }

    /// LOG-15
    @Test
    void startingTwiceAddsATargetAndWarns() {
        bench.started();

        bench.log.startLogging(bench.file, false);

        assertThat(bench.written().lines())
                .anyMatch(line -> line.contains("selected twice: at LogTest.java:")
                        && line.contains("and before at LogBench.java:"));
        assertThat(bench.written().lines().filter(line -> line.endsWith("Log opened.")))
                .hasSize(2);
    }

    /// LOG-17
    @Test
    void linesOfManyThreadsDoNotInterleave() throws InterruptedException {
        bench.started();
        var threads = new ArrayList<Thread>();
        for (int number = 0; number < 4; number++) {
            String text = String.valueOf(number).repeat(50);
            threads.add(Thread.ofPlatform().start(() -> {
                for (int count = 0; count < 100; count++) {
                    msg(text);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(bench.written().lines())
                .hasSize(400)
                .allMatch(line -> line.matches("2011-08-29 13:32:32\\+0200 \\[-] (0{50}|1{50}|2{50}|3{50})"));
    }

    private void msg(@Nullable Object... parts) {
        bench.log.msg(Map.of(), java.util.Arrays.asList(parts));
    }

    private LogEvent captured(Runnable work) {
        var events = new ArrayList<LogEvent>();
        bench.publisher.add(events::add);
        work.run();
        return events.getFirst();
    }

    private static final class Unprintable {
        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    private static final class Traceless extends Exception {
        private static final long serialVersionUID = 1;

        Traceless(String message) {
            super(message, null, false, false);
        }
    }
}
