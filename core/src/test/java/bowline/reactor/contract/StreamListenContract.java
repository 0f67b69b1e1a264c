package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.protocol.Address;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Listening ports (section 22), whatever they listen at.
public abstract class StreamListenContract extends ConnectionContract {
    private final List<String> seen = new ArrayList<>();
    private final Talker client = new Talker();

    class Recording extends Factory<Protocol> {
        @Override
        public @Nullable Protocol buildProtocol(Address peer) throws Exception {
            return new Talker();
        }

        @Override
        public void startFactory() {
            seen.add("start");
        }

        @Override
        public void stopFactory() {
            seen.add("stop");
        }
    }

    /// FAC-1: a port whose factory cannot start is not left open
    @Test
    void closesThePortOfAFactoryThatCannotStart() {
        var factory = new Recording() {
            @Override
            public void startFactory() {
                throw new IllegalStateException("not ready");
            }
        };
        assertThrows(IllegalStateException.class, () -> listen(factory));

        assertEquals(List.of(), reactor.openChannels());
        run(reactor::stop);
        assertEquals(List.of(), seen);
    }

    /// LIS-7: neither the ports nor the descriptor kept in reserve outlive the reactor
    @Test
    @EnabledOnOs(OS.LINUX)
    void leavesNoSocketBehind() throws IOException {
        runAnotherWithAPort(); // the first one opens what the JDK keeps
        long before = openSockets();
        runAnotherWithAPort();

        assertEquals(before, openSockets());
        run(reactor::stop);
    }

    private void runAnotherWithAPort() {
        Reactor another = newReactor();
        wire().listen(another, new Recording(), listenOptions);
        another.callWhenRunning(another::stop);
        another.run(false);
    }

    private static long openSockets() throws IOException {
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            long sockets = 0;
            for (Path descriptor : descriptors) {
                try {
                    sockets += Files.readSymbolicLink(descriptor).toString().startsWith("socket:") ? 1 : 0;
                } catch (NoSuchFileException closedMeanwhile) {
                    // The one that this listing itself used.
                }
            }
            return sockets;
        }
    }

    /// LIS-2, LIS-3, LIS-4, LIS-5, FAC-1
    @Test
    void stopsAndListensAgain() {
        port = listen(new Recording());
        Object name = wire().name(port);
        assertEquals(List.of("start"), seen);
        assertEquals("Recording starting on " + name, infos().getFirst());
        run(() -> {
            var closed = port.stopListening();
            assertFalse(closed.called(), "fires on a later turn");
            closed.addCallbackDeferring(_ -> {
                        assertTrue(infos().contains("(" + wire().kind() + " Port " + name + " Closed)"));
                        assertEquals(List.of("start", "stop"), seen);
                        assertTrue(port.stopListening().called());
                        port.startListening();
                        port.startListening();
                        return port.stopListening();
                    })
                    .onSuccess(_ -> reactor.stop());
        });

        assertEquals(List.of("start", "stop", "start", "stop"), seen);
    }

    /// LIS-3
    @Test
    void leavesConnectionsAloneWhenItStops() {
        var server = new Talker();
        server.onMade(it -> port.stopListening().onSuccess(_ -> it.say("still here")));
        client.onData(it -> it.transport().loseConnection());
        converse(server, client);

        assertEquals("still here", client.heard());
    }

    /// LIS-3, LIS-5, and nobody who had connected is lost
    @Test
    void drainsBeforeItCloses() throws Exception {
        needsRealSystem("its peers are sockets of the system");
        int count = 250;
        listenOptions = listenOptions.backlog(count);
        var served = new ArrayList<Talker>();
        port = listen(Factory.of(() -> {
            var server = new Talker().onMade(it -> it.say("welcome"));
            served.add(server);
            return server;
        }));
        SocketAddress door = wire().socketAddress(port);
        var guests = new ArrayList<SocketChannel>();
        var atEnd = new int[1];
        run(() -> {
            for (int i = 0; i < count; i++) {
                guests.add(SocketChannel.open(door));
            }
            var drained = port.drain();
            assertEquals(List.of(), served, "not from inside the call");
            port.drain().onSuccess(_ -> reactor.stop());
            port.stopListening();
            drained.onSuccess(_ -> {
                atEnd[0] = served.size();
                assertThrows(IOException.class, () -> SocketChannel.open(door));
            });
        });

        assertEquals(count, atEnd[0]);
        for (SocketChannel guest : guests) {
            guest.read(ByteBuffer.allocate(1)); // throws if it was reset
            guest.close();
        }
        assertTrue(port.drain().called(), "it does not listen");
    }

    /// REA-9, LIS-5: who closes a port while the reactor shuts down, and does not wait for it, is told all the same
    @Test
    void isToldOfAPortThatWasClosedInTheShutdown() {
        port = listen(new Recording());
        var told = new ArrayList<Object>();
        reactor.addSystemEventTrigger(
                Reactor.Phase.BEFORE, "shutdown", () -> port.stopListening().onSuccess(told::add));
        run(reactor::stop);

        assertEquals(List.of("start", "stop"), seen);
        assertEquals(1, told.size());
    }

    /// REA-9: the end of the reactor is the end of draining, too
    @Test
    void drainsNoLongerThanTheReactorRuns() {
        port = listen(new Recording());
        var told = new ArrayList<Object>();
        run(() -> {
            reactor.addSystemEventTrigger(
                    Reactor.Phase.BEFORE, "shutdown", () -> port.drain().onSuccess(_ -> told.add("drained")));
            reactor.stop();
        });

        assertEquals(List.of("start", "stop"), seen);
        assertEquals(List.of("drained"), told);
    }

    /// REA-9, LIS-4
    @Test
    void closesWithTheReactor() {
        port = listen(new Recording());
        Object name = wire().name(port);
        run(reactor::stop);

        assertTrue(infos().contains("(" + wire().kind() + " Port " + name + " Closed)"));
        assertEquals(List.of("start", "stop"), seen);
    }

    /// FAC-2
    @Test
    void closesAConnectionThatGetsNoProtocol() {
        port = listen(new Recording() {
            @Override
            public @Nullable Protocol buildProtocol(Address peer) {
                return null;
            }
        });
        connect(client);
        runUntilLost(client);

        assertEquals(ConnectionDone.class, client.end());
    }

    /// TRA-20
    @Test
    void goesOnWhenTheFactoryThrows() {
        var times = new int[1];
        port = listen(new Recording() {
            @Override
            public Protocol buildProtocol(Address peer) throws Exception {
                if (times[0]++ == 0) {
                    throw new Exception("no parts");
                }
                return new Talker().onMade(it -> it.transport().loseConnection());
            }
        });
        var second = new Talker();
        client.onLost(_ -> connect(second));
        connect(client);
        runUntilLost(client, second);

        assertEquals(2, times[0]);
        assertEquals(List.of("no parts"), LifeContract.messages(takeCriticals()));
    }

    /// LIS-6: more at once than one turn accepts
    @Test
    void acceptsAFlood() {
        int count = 300;
        listenOptions = listenOptions.backlog(count);
        var made = new int[1];
        port = listen(Factory.of(() -> new Talker().onMade(_ -> {
            if (++made[0] == count) {
                reactor.stop();
            }
        })));
        var clients = new ArrayList<Talker>();
        for (int i = 0; i < count; i++) {
            clients.add(new Talker());
            connect(clients.getLast());
        }
        run();

        assertEquals(count, made[0]);
        assertTrue(clients.stream().allMatch(it -> it.reason == null || it.end() == ConnectionLost.class));
    }
}
