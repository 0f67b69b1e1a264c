package bowline.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.log.CapturedLogs;
import bowline.log.LogLevel;
import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.Drainable;
import bowline.protocol.Protocol;
import bowline.protocol.PullProducer;
import bowline.testing.ManualClock;
import bowline.testing.MemoryDatagramTransport;
import bowline.testing.MemoryTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// RUN-7: the small services of RFC 862 to 868.
class SmallServiceTest {
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Address SERVICE = new Address.IPv4(Address.Carrier.UDP, "192.0.2.1", 1023);
    private static final Address CLIENT = new Address.IPv4(Address.Carrier.UDP, "192.0.2.1", 1024);

    private final ManualClock clock = new ManualClock();

    private MemoryTransport connect(SmallService service) throws Exception {
        Protocol protocol = service.factory(IDLE).build(CLIENT);
        return MemoryTransport.connect(Objects.requireNonNull(protocol), clock);
    }

    @Test
    void areFoundByNameAndKnowTheirPorts() {
        assertEquals(Optional.of(SmallService.CHARGEN), SmallService.named("chargen"));
        assertEquals(Optional.empty(), SmallService.named("finger"));
        assertThat(SmallService.values()).extracting(SmallService::port).containsExactly(7, 9, 19, 13, 37);
    }

    /// Over connections.
    @Nested
    class Tcp {

        @Test
        @DisplayName("RFC 862: echo sends back what comes, and closes when the peer has ended")
        void echo() throws Exception {
            MemoryTransport transport = connect(SmallService.ECHO);
            transport.deliver("hel");
            transport.deliver("lo");
            assertEquals("hello", transport.text());
            transport.deliverEnd();

            assertTrue(transport.disconnecting());
            assertTrue(transport.producer() == null);
        }

        @Test
        @DisplayName("PRO-4: echo reads only as fast as the peer takes what it sent")
        void echoIsItsOwnProducer() throws Exception {
            MemoryTransport transport = connect(SmallService.ECHO);

            assertEquals(transport, transport.producer());
        }

        @Test
        @DisplayName("RFC 863: discard answers nothing")
        void discard() throws Exception {
            MemoryTransport transport = connect(SmallService.DISCARD);
            transport.deliver("hello");

            assertEquals("", transport.text());
            assertEquals(0, transport.unreadBytes());
            transport.deliverEnd();
            assertTrue(transport.disconnecting());
        }

        @Test
        @DisplayName(
                "RFC 864: chargen sends lines of 72 characters, each begun one later, for as long as they are taken")
        void chargen() throws Exception {
            MemoryTransport transport = connect(SmallService.CHARGEN);
            pull(transport);
            pull(transport);
            String[] lines = transport.text().split("\r\n");

            String ring = IntStream.range(' ', 127)
                    .collect(StringBuilder::new, (all, c) -> all.append((char) c), StringBuilder::append)
                    .toString()
                    .repeat(3);
            for (int i = 0; i < lines.length; i++) {
                assertEquals(ring.substring(i % 95, i % 95 + 72), lines[i]);
            }
            assertThat(lines).hasSizeGreaterThan(190);
        }

        private void pull(MemoryTransport transport) {
            ((PullProducer) transport.producer()).produceMore();
        }

        @Test
        @DisplayName("RFC 864: chargen throws away what comes, and goes on for one who has ended his side")
        void chargenGoesOn() throws Exception {
            MemoryTransport transport = connect(SmallService.CHARGEN);
            transport.deliver("stop it");
            transport.deliverEnd();

            assertEquals(0, transport.unreadBytes());
            assertFalse(transport.disconnecting());
        }

        @Test
        @DisplayName("RFC 867: daytime sends a line and closes")
        void daytime() throws Exception {
            MemoryTransport transport = connect(SmallService.DAYTIME);

            assertEquals("Saturday, January 1, 2000 00:00:00-UTC\r\n", transport.text());
            assertTrue(transport.disconnecting());
        }

        @Test
        @DisplayName("RFC 868: time sends 32 bits and closes; the numbers are those of the RFC, and go round in 2036")
        void time() throws Exception {
            MemoryTransport transport = connect(SmallService.TIME);
            assertArrayEquals(bits(3_155_673_600L), transport.value());
            assertTrue(transport.disconnecting());

            assertArrayEquals(bits(2_208_988_800L), Moment.time(Instant.EPOCH));
            assertArrayEquals(bits(2_398_291_200L), Moment.time(Instant.parse("1976-01-01T00:00:00Z")));
            assertArrayEquals(bits(2_629_584_000L), Moment.time(Instant.parse("1983-05-01T00:00:00Z")));
            assertArrayEquals(bits(0), Moment.time(Instant.parse("2036-02-07T06:28:16Z")));
        }

        private byte[] bits(long number) {
            return new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number};
        }

        @ParameterizedTest
        @EnumSource(names = {"ECHO", "DISCARD", "CHARGEN"})
        @DisplayName("G8: a connection on which nothing happens is ended")
        void endsIdleConnections(SmallService service) throws Exception {
            MemoryTransport transport = connect(service);
            clock.advance(Duration.ofSeconds(29));
            if (service == SmallService.CHARGEN) {
                pull(transport);
            } else {
                transport.deliver("x");
            }
            clock.advance(Duration.ofSeconds(29));
            assertFalse(transport.disconnecting());
            clock.advance(Duration.ofSeconds(1));

            assertTrue(transport.disconnecting());
        }

        @ParameterizedTest
        @EnumSource
        void drainsAtOnceAndLeavesNoTimer(SmallService service) throws Exception {
            Protocol protocol = Objects.requireNonNull(service.factory(IDLE).build(CLIENT));
            MemoryTransport transport = MemoryTransport.connect(protocol, clock);
            ((Drainable) protocol).drain();
            assertTrue(transport.disconnecting());
            transport.close();

            assertThat(clock.delayedCalls()).isEmpty();
        }

        @Test
        void zeroIsNoTimeOut() throws Exception {
            Protocol protocol = SmallService.ECHO.factory(Duration.ZERO).build(CLIENT);
            MemoryTransport.connect(Objects.requireNonNull(protocol), clock);

            assertThat(clock.delayedCalls()).isEmpty();
        }
    }

    /// Over datagrams.
    @Nested
    class Udp {

        private MemoryDatagramTransport port(SmallService service) {
            DatagramProtocol protocol = service.datagrams();
            return MemoryDatagramTransport.listen(protocol, clock);
        }

        private String answer(SmallService service, String question) {
            MemoryDatagramTransport port = port(service);
            port.deliver(question, CLIENT);
            assertEquals(1, port.written().size());
            assertEquals(CLIENT, port.written().getFirst().address());
            return port.written().getFirst().text();
        }

        @Test
        void answersOneDatagramWithOne() {
            assertEquals("hello", answer(SmallService.ECHO, "hello"));
            assertEquals("Saturday, January 1, 2000 00:00:00-UTC\r\n", answer(SmallService.DAYTIME, ""));
        }

        @Test
        @DisplayName("RFC 868: four bytes")
        void time() {
            MemoryDatagramTransport port = port(SmallService.TIME);
            port.deliver("", CLIENT);

            assertEquals(4, port.written().getFirst().bytes().remaining());
        }

        @Test
        void discardAnswersNothing() {
            MemoryDatagramTransport port = port(SmallService.DISCARD);
            port.deliver("hello", CLIENT);

            assertThat(port.written()).isEmpty();
        }

        @Test
        @DisplayName("U1, RFC 864: chargen sends no more than it was sent, and 512 characters at most")
        void chargenAmplifiesNothing() {
            assertEquals("", answer(SmallService.CHARGEN, ""));
            assertEquals(" !\"", answer(SmallService.CHARGEN, "abc"));
            assertEquals(512, answer(SmallService.CHARGEN, "x".repeat(513)).length());
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("another small service is not answered: the two would go on for ever")
        void doesNotAnswerServices(SmallService service) {
            MemoryDatagramTransport port = port(service);
            try (CapturedLogs logs = CapturedLogs.open()) {
                port.deliver("hello", SERVICE);

                assertThat(port.written()).isEmpty();
                assertThat(logs.events()).allMatch(event -> event.level() == LogLevel.DEBUG);
            }
        }
    }
}
