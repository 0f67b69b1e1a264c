package bowline.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.failure.Failure;
import bowline.process.Spawn;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.ClientFactory;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.reactor.contract.ReactorContract;
import bowline.supervise.HandingService;
import bowline.supervise.ServiceLimits;
import bowline.supervise.SuperServer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// RUN-7: ports that a super-server hands to a program (`wait`), here one in Python.
abstract class HandedPortContract extends ReactorContract {
    private static final String TCP = "tcp:0:interface=127.0.0.1";
    private static final ServiceLimits LIMITS = ServiceLimits.USUAL.killTimeout(Duration.ofSeconds(2));

    /// Serves two connections, telling each which process it is, and ends.
    private static final String TWO = """
            import os, socket
            port = socket.socket(fileno=0)
            for _ in range(2):
                peer, _ = port.accept()
                peer.sendall(b"%d" % os.getpid())
                peer.close()
            """;

    /// Answers one datagram.
    private static final String ONE_DATAGRAM = """
            import os, socket
            port = socket.socket(fileno=0)
            data, peer = port.recvfrom(1000)
            port.sendto(data.upper(), peer)
            """;

    private final List<String> told = new ArrayList<>();
    private SuperServer server;

    @BeforeEach
    void needPython() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not here");
        server = new SuperServer(reactor);
    }

    private int started(String endpoint, ServiceLimits limits, String... command) {
        server.hand(
                endpoint,
                "python",
                Spawn.command(
                        command[0], List.of(command).subList(1, command.length).toArray(String[]::new)),
                limits);
        server.start();
        Address host = ((HandingService) server.children().getFirst()).host();
        return ((Address.IPv4) host).port();
    }

    /// Connects, remembers all that is said, and goes on.
    private void ask(int port, Runnable then) {
        var text = new StringBuilder();
        var asking = new Protocol() {
            @Override
            public void dataReceived(ByteBuffer unread) {
                text.append(StandardCharsets.US_ASCII.decode(unread));
            }

            @Override
            public void connectionLost(Failure reason) {
                told.add(text.toString());
                then.run();
            }
        };
        reactor.connectTcp("127.0.0.1", port, new ClientFactory<>() {
            @Override
            public Protocol buildProtocol(Address peer) {
                return asking;
            }
        });
    }

    private void stop() {
        server.stop().onBoth(reactor::stop);
    }

    @Test
    @DisplayName("RUN-7: the program has the port until it ends, and then the next who comes has it started again")
    void handsTcp() {
        run(() -> {
            int port = started(TCP, LIMITS, "python3", "-c", TWO);
            ask(port, () -> ask(port, () -> ask(port, () -> ask(port, this::stop))));
        });

        assertThat(told).hasSize(4).allMatch(pid -> pid.matches("[0-9]+"));
        assertThat(told.get(1)).isEqualTo(told.get(0));
        assertThat(told.get(3)).isEqualTo(told.get(2)).isNotEqualTo(told.get(0));
        assertThat(server.programCount()).isZero();
    }

    @Test
    @DisplayName("RUN-7: a UDP port is handed with the datagram that waits there")
    void handsUdp() {
        run(() -> {
            int port = started("udp:0:interface=127.0.0.1", LIMITS, "python3", "-c", ONE_DATAGRAM);
            Consumer<String> done = answer -> {
                told.add(answer);
                stop();
            };
            reactor.listenUdp(0, new DatagramProtocol() {
                @Override
                public void startProtocol() {
                    transport()
                            .write(
                                    ByteBuffer.wrap("ahoy".getBytes(StandardCharsets.US_ASCII)),
                                    new Address.IPv4(Address.Carrier.UDP, "127.0.0.1", port));
                }

                @Override
                public void datagramReceived(ByteBuffer datagram, Address from) {
                    done.accept(StandardCharsets.US_ASCII.decode(datagram).toString());
                }
            });
        });

        assertThat(told).containsExactly("AHOY");
    }

    @Test
    @DisplayName("RUN-7: a program that does not serve is started maxStartsPerMinute times, and then rests")
    void restsAfterTooManyStarts() {
        run(() -> {
            int port = started(TCP, LIMITS.connections(1, 1, 3), "true");
            ask(port, () -> {});
            lookForRest();
        });

        assertThat(criticalTexts()).isEmpty();
        assertThat(infos().stream().filter(line -> line.contains("which has the port")))
                .hasSize(3);
    }

    private void lookForRest() {
        boolean rests = logged.stream().anyMatch(event -> event.text().contains("[python] was started 3 times"));
        if (rests) {
            stop();
        } else {
            reactor.callLater(Duration.ofMillis(10), this::lookForRest);
        }
    }

    @Test
    @DisplayName("RUN-7: stopping ends the program by TERM and frees the port, and it can be started again")
    void stopsAndStartsAgain() {
        var ports = new ArrayList<Integer>();
        run(() -> {
            ports.add(started(TCP, LIMITS, "sleep", "1000"));
            ask(ports.getFirst(), () -> {});
            stopWhenItRuns();
        });

        assertThat(infos()).anyMatch(line -> line.contains("process") && line.contains("TERM"));
        assertThat(server.programCount()).isZero();
    }

    private void stopWhenItRuns() {
        if (server.programCount() == 1) {
            stop();
        } else {
            reactor.callLater(Duration.ofMillis(5), this::stopWhenItRuns);
        }
    }

    @Test
    @DisplayName("LIS-1: a port that somebody has cannot be held, and a program that is not there is told")
    void refuses() {
        run(() -> {
            int taken = started(TCP, LIMITS, "/no/such/program");
            assertThatThrownBy(() -> reactor.holdTcp(taken, ListenOptions.DEFAULT))
                    .isInstanceOf(CannotListenError.class)
                    .hasMessageContaining("in use");
            ask(taken, () -> {});
            lookForRefusal();
        });
    }

    private void lookForRefusal() {
        if (logged.stream().anyMatch(event -> event.text().contains("[python] cannot be started"))) {
            stop();
        } else {
            reactor.callLater(Duration.ofMillis(10), this::lookForRefusal);
        }
    }

    @Test
    @DisplayName("RUN-7: what is no port is refused, and so it is by a reactor without descriptors")
    void refusesOtherPlaces() {
        assertThatThrownBy(() -> server.hand("unix:/tmp/x", "x", Spawn.command("true"), LIMITS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tcp:2000, or udp:69");
        var nio = new SuperServer(Reactor.create("nio"));
        nio.hand(TCP, "x", Spawn.command("true"), LIMITS);
        assertThatThrownBy(nio::start)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("epoll and uring");
        run(reactor::stop);
    }
}
