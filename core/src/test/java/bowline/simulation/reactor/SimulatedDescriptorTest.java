package bowline.simulation.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.failure.Failure;
import bowline.protocol.DatagramProtocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Reactor;
import bowline.reactor.ReadDescriptor;
import bowline.reactor.WriteDescriptor;
import bowline.reactor.contract.DescriptorContract;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SimulatedDescriptorTest extends DescriptorContract {

    @Override
    protected Reactor newReactor() {
        return LoneHost.reactor();
    }

    /// Of either kind, and never called.
    private record Idle(SelectableChannel channel) implements ReadDescriptor, WriteDescriptor {
        @Override
        public Throwable doRead() {
            throw new AssertionError("nobody reads");
        }

        @Override
        public Throwable doWrite() {
            throw new AssertionError("nobody writes");
        }

        @Override
        public void connectionLost(Failure reason) {
            throw new AssertionError("nobody had it");
        }

        @Override
        public String logPrefix() {
            return "idle";
        }
    }

    @Test
    @DisplayName("FDS-1: no seed decides what a channel of the system does, so it is refused, with what to use instead")
    void refusesChannelsOfTheSystem() throws Exception {
        Pipe pipe = Pipe.open();
        try (var source = pipe.source();
                var sink = pipe.sink();
                var datagrams = DatagramChannel.open().bind(null)) {
            refused("addReader", () -> reactor.addReader(new Idle(source)));
            refused("addWriter", () -> reactor.addWriter(new Idle(sink)));
            refused(
                    "adoptDatagramPort",
                    () -> reactor.adoptDatagramPort(datagrams, new DatagramProtocol(), DatagramOptions.DEFAULT));
        }
        assertEquals(List.of(), reactor.readers());
        assertEquals(List.of(), reactor.writers());
        assertEquals(List.of(), List.copyOf(reactor.removeAll()));
    }

    private static void refused(String what, Executable call) {
        var refusal = assertThrows(UnsupportedOperationException.class, call);
        assertTrue(refusal.getMessage().startsWith(what + " takes a channel of the real system"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("in a simulation use "), refusal.getMessage());
    }
}
