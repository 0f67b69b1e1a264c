package bowline.log.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.log.LogEvent;
import bowline.log.LogPublisher;
import bowline.log.Logger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/// LGR-17: how events reach a daemon that comes and goes. Time is played.
class DaemonLinkTest {
    private final List<String> delivered = new ArrayList<>();
    private final List<LogEvent> complaints = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private final Queue<String> faults = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;
    private int opened;
    private int hungUp;
    private boolean closing;

    private final DaemonLink link = new DaemonLink(
            "the daemon",
            this::open,
            event -> event.text().getBytes(StandardCharsets.UTF_8),
            complaints::add,
            () -> now,
            this::pause);
    private final Logger log = Logger.of("ns").to(new LogPublisher(link));

    private boolean pause(Duration time) {
        waits.add(time);
        now = now.plus(time);
        return closing;
    }

    private DaemonWire open() throws IOException {
        opened++;
        fail("open");
        return new DaemonWire() {
            @Override
            public void send(ByteBuffer message) throws IOException {
                fail("send");
                delivered.add(StandardCharsets.UTF_8.decode(message).toString());
            }

            @Override
            public void close() {
                hungUp++;
            }
        };
    }

    private void fail(String where) throws IOException {
        if (where.equals(faults.peek())) {
            faults.remove();
            throw new IOException(where + " failed");
        }
    }

    private List<String> complaints() {
        return complaints.stream().map(LogEvent::text).toList();
    }

    @Test
    void whileAllIsWellThereIsOneWireAndNoWord() {
        log.info("one");
        log.info("two");
        link.end();

        assertThat(delivered).containsExactly("one", "two");
        assertThat(opened).isEqualTo(1);
        assertThat(hungUp).isEqualTo(1);
        assertThat(complaints).isEmpty();
    }

    @Test
    void anOutageIsToldOnceAndItsEndOnceAndNothingIsLost() {
        faults.addAll(List.of("open", "open", "send", "open"));

        log.info("one");
        log.info("two");

        assertThat(delivered).containsExactly("one", "two");
        assertThat(complaints())
                .containsExactly(
                        "the daemon cannot be reached: open failed; events wait, and it is tried again every PT30S at"
                                + " least",
                        "the daemon is reached again");
        assertThat(waits)
                .containsExactly(
                        Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
        assertThat(hungUp).isEqualTo(1);
    }

    @Test
    void waitsGrowToALimitAndBeginAnewBehindAConnectionThatLived() {
        for (int count = 0; count < 12; count++) {
            faults.add("open");
        }
        log.info("one");
        assertThat(waits.getLast()).isEqualTo(DaemonLink.RETRY_MAX);

        faults.add("send");
        now = now.plus(DaemonLink.RETRY_MAX);
        log.info("two");
        assertThat(waits.getLast()).isEqualTo(DaemonLink.RETRY_MAX);

        faults.add("send");
        now = now.plus(DaemonLink.RETRY_MAX).plusNanos(1);
        log.info("three");
        assertThat(waits.getLast()).isEqualTo(DaemonLink.RETRY_FIRST);
        assertThat(delivered).containsExactly("one", "two", "three");
    }

    @Test
    void whoClosesDoesNotWaitForADaemonThatIsGone() {
        closing = true;
        faults.add("open");

        log.info("one");
        log.info("two");
        link.end();

        assertThat(delivered).isEmpty();
        assertThat(opened).isEqualTo(1);
        assertThat(complaints()).last().isEqualTo("2 log events were not delivered to the daemon");
    }
}
