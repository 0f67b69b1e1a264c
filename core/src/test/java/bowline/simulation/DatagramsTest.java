package bowline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// UDP in a simulated world: it promises nothing, and each fault has its name.
class DatagramsTest {
    private static final int MANY = 1_000;

    private Simulation world;
    private SimulatedHost from;
    private SimulatedHost to;
    private final Inbox inbox = new Inbox();

    /// Keeps what comes.
    static final class Inbox extends DatagramProtocol {
        final List<String> heard = new ArrayList<>();
        int refused;

        @Override
        public void datagramReceived(ByteBuffer datagram, Address sender) {
            heard.add(StandardCharsets.US_ASCII.decode(datagram).toString());
        }

        @Override
        public void connectionRefused() {
            refused++;
        }
    }

    @BeforeEach
    void twoHosts() {
        world = Simulation.of(3);
        from = world.host("from");
        to = world.host("to");
        to.start(reactor -> reactor.listenUdp(53, inbox));
    }

    @AfterEach
    void end() {
        world.check();
        world.close();
    }

    private void sendMany() {
        from.start(reactor -> {
            var outbox = new Inbox();
            reactor.listenUdp(0, outbox);
            for (int i = 0; i < MANY; i++) {
                String text = Integer.toString(i);
                reactor.callLater(Duration.ofMillis(i), () -> outbox.transport().write(text, target(53)));
            }
            return outbox;
        });
        world.runFor(Duration.ofSeconds(5));
    }

    private Address target(int port) {
        return new Address.IPv4(Address.Carrier.UDP, to.addresses().getFirst().getHostAddress(), port);
    }

    @Test
    void arrivesInOrderOnAGoodLink() {
        sendMany();

        assertThat(inbox.heard).hasSize(MANY).isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
    }

    @Test
    void isLost() {
        world.between(from, to).losses(0.2);

        sendMany();

        assertThat(inbox.heard).hasSizeBetween(700, 900);
    }

    @Test
    void arrivesTwice() {
        world.between(from, to).duplicates(0.2);

        sendMany();

        assertThat(inbox.heard).hasSizeBetween(1_100, 1_300);
        assertThat(new HashSet<>(inbox.heard)).hasSize(MANY);
    }

    @Test
    void isOvertaken() {
        world.between(from, to).reorders(0.2);

        sendMany();

        assertThat(inbox.heard).hasSize(MANY);
        assertThat(inbox.heard)
                .isNotEqualTo(inbox.heard.stream()
                        .sorted((a, b) -> Integer.parseInt(a) - Integer.parseInt(b))
                        .toList());
    }

    @Test
    void whoIsConnectedHearsThatNobodyListens() {
        var outbox = from.start(reactor -> {
            var one = new Inbox();
            reactor.listenUdp(0, one).connect(to.addresses().getFirst().getHostAddress(), 54);
            one.transport().write("anybody?");
            return one;
        });

        world.runFor(Duration.ofSeconds(1));

        assertThat(outbox.refused).isEqualTo(1);
    }

    @Test
    void longOnesTravelInFragmentsOfWhichNoneMayBeLost() {
        world.between(from, to).losses(0.05);
        from.start(reactor -> {
            var outbox = new Inbox();
            reactor.listenUdp(0, outbox);
            for (int i = 0; i < 100; i++) {
                reactor.callLater(Duration.ofMillis(i), () -> outbox.transport().write(new byte[60_000], target(53)));
            }
            return outbox;
        });

        world.runFor(Duration.ofSeconds(5));

        assertThat(inbox.heard).hasSizeLessThan(40); // each has 42 chances to be lost
    }
}
