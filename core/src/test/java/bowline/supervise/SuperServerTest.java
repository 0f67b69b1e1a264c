package bowline.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.Deferred;
import bowline.log.CapturedLogs;
import bowline.process.ScriptedChild;
import bowline.process.ScriptedChildren;
import bowline.process.Spawn;
import bowline.protocol.Address;
import bowline.protocol.PushProducer;
import bowline.testing.MemoryReactor;
import bowline.testing.MemoryTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// RUN-7: programs that are started by connections, in virtual time with children that follow a script.
class SuperServerTest {
    private static final ServiceLimits LIMITS = ServiceLimits.USUAL;

    private final MemoryReactor reactor = new MemoryReactor();
    private final ScriptedChildren children = new ScriptedChildren();
    private final SuperServer server = new SuperServer(reactor, children::spawn);
    private final CapturedLogs logs = CapturedLogs.open();

    @AfterEach
    void closeLogs() {
        logs.close();
    }

    private void serve(ServiceLimits limits) {
        server.run("tcp:2000", "calc", Spawn.command("bc", "-q").environment(Map.of()), limits);
        server.start();
        reactor.start();
    }

    private MemoryTransport connect() throws Exception {
        return reactor.tcpServers().getFirst().connect();
    }

    private void advance(double seconds) {
        reactor.advance(Duration.ofNanos((long) (seconds * 1e9)));
    }

    /// One connection and its program.
    @Nested
    class Connection {
        private MemoryTransport peer;
        private ScriptedChild child;

        private void begin() throws Exception {
            begin(LIMITS);
        }

        private void begin(ServiceLimits limits) throws Exception {
            serve(limits);
            peer = connect();
            child = children.last();
        }

        @Test
        void startsAProgramWithTheConnectionAsItsInputAndOutput() throws Exception {
            begin();
            assertEquals(List.of("bc", "-q"), child.spawn.command());
            assertEquals(Map.of("REMOTE_ADDR", "192.168.1.1", "REMOTE_PORT", "54321"), child.spawn.environment());
            peer.deliver("1+1\n");
            assertEquals("1+1\n", child.input());
            child.out("2\n");
            assertEquals("2\n", peer.text());
            assertEquals(1, server.programCount());
            assertThat(logs.texts()).anyMatch(text -> text.startsWith("[calc] process 100 started for "));
        }

        @Test
        void endsTheConnectionWhenTheProgramIsThrough() throws Exception {
            begin();
            child.out("bye");
            child.end(3);

            assertEquals("bye", peer.text());
            assertTrue(peer.disconnecting());
            assertNull(peer.producer());
            assertEquals(0, server.programCount());
            assertThat(logs.texts()).last().asString().endsWith(" exited with code 3");
        }

        @Test
        void sendsWhatComesAfterTheExitAsWell() throws Exception {
            begin();
            child.exit(0);
            assertFalse(peer.disconnecting());
            child.out("late");
            child.close(1);

            assertEquals("late", peer.text());
            assertTrue(peer.disconnecting());
        }

        @Test
        void endsTheInputWhenThePeerHasEndedAndSendsTheRest() throws Exception {
            begin();
            peer.deliver("1+1\n");
            peer.deliverEnd();
            assertFalse(child.open(0));
            assertFalse(peer.disconnecting());
            child.out("2\n");
            child.end(0);

            assertEquals("2\n", peer.text());
            assertThat(child.signals).isEmpty();
        }

        @Test
        void endsOurSideWhenTheProgramWritesNoMoreButReads() throws Exception {
            begin();
            child.close(1);
            assertFalse(peer.disconnecting());
            peer.deliver("more");

            assertEquals("more", child.input());
        }

        @Test
        void throwsAwayWhatAProgramDoesNotRead() throws Exception {
            begin();
            child.close(0);
            peer.deliver("more");

            assertEquals(0, peer.unreadBytes());
            assertEquals("", child.input());
            assertFalse(peer.disconnecting());
        }

        @Test
        @DisplayName("PRO-4: who reads slowly, has the other one wait")
        void backPressureGoesBothWays() throws Exception {
            begin();
            var input = assertInstanceOf(PushProducer.class, child.producer());
            input.pauseProducing();
            peer.deliver("1+1\n");
            assertEquals("", child.input());
            input.resumeProducing();
            advance(0);
            assertEquals("1+1\n", child.input());

            var output = assertInstanceOf(PushProducer.class, peer.producer());
            output.pauseProducing();
            assertTrue(child.paused());
            output.resumeProducing();
            assertFalse(child.paused());
        }

        @Test
        @DisplayName("RUN-7: a lost connection ends its program: TERM, and KILL after five seconds")
        void killsTheProgramOfALostConnection() throws Exception {
            begin();
            peer.close();
            assertEquals(List.of("TERM"), child.signals);
            advance(5);
            assertEquals(List.of("TERM", "KILL"), child.signals);
            assertEquals(1, server.programCount());
            child.end(128 + 9);

            assertEquals(0, server.programCount());
            assertThat(logs.texts()).last().asString().endsWith(" was ended by signal 9 (KILL)");
        }

        @Test
        void logsWhatTheProgramComplains() throws Exception {
            begin();
            child.err("syntax error\nagain");
            child.end(1);

            assertThat(logs.texts()).contains("[calc] syntax error", "[calc] again");
            assertEquals("", peer.text());
        }

        @Test
        @DisplayName("G8: a connection on which nothing happens is ended, and its program")
        void endsIdleConnections() throws Exception {
            begin(LIMITS.idleTimeout(Duration.ofSeconds(30)));
            advance(29);
            peer.deliver("1");
            advance(29);
            child.out("2");
            advance(29);
            assertFalse(peer.disconnecting());
            advance(1);
            assertTrue(peer.disconnecting());
            peer.close();
            assertEquals(List.of("TERM"), child.signals);
        }

        @Test
        void aProgramThatCannotBeStartedCostsItsConnectionOnly() throws Exception {
            children.failing = true;
            serve(LIMITS);
            MemoryTransport refused = connect();
            advance(0);

            assertFalse(refused.connected());
            assertEquals(0, server.programCount());
            assertThat(logs.texts())
                    .anyMatch(text ->
                            text.startsWith("[calc] cannot be started for ") && text.contains("cannot run \"bc\""));
            children.failing = false;
            assertTrue(connect().connected());
        }
    }

    /// How much there may be.
    @Nested
    class Limits {

        @Test
        void refusesConnectionsBeyondTheNumber() throws Exception {
            serve(LIMITS.connections(2, 2, 100));
            MemoryTransport first = connect();
            connect();
            assertFalse(connect().connected());
            assertEquals(2, children.count());
            first.close();

            assertTrue(connect().connected());
        }

        @Test
        void refusesConnectionsOfOneSourceBeyondItsNumber() throws Exception {
            serve(LIMITS.connections(3, 1, 100));
            connect();
            assertFalse(connect().connected());

            assertTrue(reactor.tcpServers()
                    .getFirst()
                    .connect(new Address.IPv4(Address.Carrier.TCP, "192.168.1.2", 4000))
                    .connected());
        }

        @Test
        @DisplayName("G9: refuses connections that come too fast")
        void refusesConnectionsThatComeTooFast() throws Exception {
            serve(LIMITS.connections(100, 100, 6));
            for (int i = 0; i < 6; i++) {
                assertTrue(connect().connected());
            }
            assertFalse(connect().connected());
            advance(9.9);
            assertFalse(connect().connected());
            advance(0.2);
            assertTrue(connect().connected());
            assertFalse(connect().connected());
            advance(1000);
            for (int i = 0; i < 6; i++) {
                assertTrue(connect().connected());
            }
            assertFalse(connect().connected());
        }

        @Test
        @DisplayName("G9: several reactors count together")
        void severalReactorsCountTogether() throws Exception {
            for (ServiceLimits limits :
                    List.of(LIMITS.connections(2, 9, 9), LIMITS.connections(9, 2, 9), LIMITS.connections(9, 9, 2))) {
                var gates = limits.inFrontOfEach(() -> SmallService.ECHO.factory(Duration.ZERO));
                var one = gates.apply(reactor);
                var other = gates.apply(new MemoryReactor());
                var peer = new Address.IPv4(Address.Carrier.TCP, "192.168.1.2", 4000);

                assertNotNull(one.build(peer));
                assertNotNull(other.build(peer));
                assertNull(one.build(peer));
                assertNull(other.build(peer));
            }
        }

        @Test
        void numbersAreChecked() {
            assertThatIllegalArgumentException().isThrownBy(() -> LIMITS.connections(0, 1, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> LIMITS.connections(1, 0, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> LIMITS.connections(1, 1, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> LIMITS.idleTimeout(Duration.ofSeconds(-1)));
            assertThatIllegalArgumentException().isThrownBy(() -> LIMITS.killTimeout(Duration.ofSeconds(-1)));
        }
    }

    /// How it ends.
    @Nested
    class Stop {

        @Test
        void tellsProgramsThatThereIsNoMoreAndWaitsForThem() throws Exception {
            serve(LIMITS);
            MemoryTransport peer = connect();
            ScriptedChild child = children.last();
            Deferred<@Nullable Void> end = server.stop();
            advance(0);
            assertFalse(child.open(0));
            assertFalse(end.hasResult());
            child.out("rest");
            child.end(0);
            assertEquals("rest", peer.text());
            peer.close();

            assertTrue(end.hasResult());
        }

        @Test
        void endsThoseThatDoNotEnd() throws Exception {
            serve(LIMITS);
            MemoryTransport peer = connect();
            ScriptedChild child = children.last();
            Deferred<@Nullable Void> end = server.drain(Duration.ofSeconds(3));
            advance(0); // the port is closed, and from now on there is a deadline
            advance(2.9);
            assertFalse(peer.disconnected());
            advance(0.1);
            assertTrue(peer.disconnected());
            peer.close();
            assertEquals(List.of("TERM"), child.signals);
            advance(5);
            assertEquals(List.of("TERM", "KILL"), child.signals);
            assertFalse(end.hasResult());
            child.end(128 + 9);

            assertTrue(end.hasResult());
        }

        @Test
        void inNoTimeKills() throws Exception {
            serve(LIMITS);
            MemoryTransport peer = connect();
            ScriptedChild child = children.last();
            server.stop();
            Deferred<@Nullable Void> end = server.drain(Duration.ZERO);
            assertEquals(List.of("KILL"), child.signals);
            assertTrue(peer.disconnected());
            peer.close();
            child.end(128 + 9);
            advance(0);

            assertTrue(end.hasResult());
        }
    }

    /// Small services among them.
    @Nested
    class Small {

        @Test
        void answersAtBothKindsOfPorts() throws Exception {
            server.answer("tcp:7", SmallService.ECHO, LIMITS)
                    .answer("udp:7:interface=127.0.0.1", SmallService.ECHO, LIMITS);
            server.start();
            MemoryTransport peer = connect();
            peer.deliver("hello");
            assertEquals("hello", peer.text());
            reactor.udpPorts().getFirst().deliver("hi", new Address.IPv4(Address.Carrier.UDP, "127.0.0.1", 4000));
            assertEquals(
                    "hi", reactor.udpPorts().getFirst().written().getFirst().text());
            assertNotNull(((DatagramService) server.children().getLast()).host());
            server.stop();
            peer.close();
            advance(0);

            assertFalse(reactor.udpPorts().getFirst().listening());
        }

        @Test
        void refusesWhatCannotBe() {
            for (String wrong : List.of("udp", "udp:x", "udp:65536", "udp:7:8", "udp:7:multicast=yes", "udp:-1")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> server.answer(wrong, SmallService.ECHO, LIMITS))
                        .withMessageContaining("is not udp:PORT");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.run("udp:7", "a", Spawn.command("cat"), LIMITS))
                    .withMessageContaining("has no connections to start a program for");
        }
    }
}
