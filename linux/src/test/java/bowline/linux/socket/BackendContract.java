package bowline.linux.socket;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.process.CannotSpawnError;
import bowline.process.ProcessStarter;
import bowline.process.Spawn;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.reactor.contract.ConnectContract;
import bowline.reactor.contract.DatagramContract;
import bowline.reactor.contract.DescriptorContract;
import bowline.reactor.contract.LifeContract;
import bowline.reactor.contract.ListenContract;
import bowline.reactor.contract.MulticastContract;
import bowline.reactor.contract.ProducerContract;
import bowline.reactor.contract.ReactorContract;
import bowline.reactor.contract.StreamConnectContract;
import bowline.reactor.contract.StreamContract;
import bowline.reactor.contract.StreamListenContract;
import bowline.reactor.contract.TcpContract;
import bowline.reactor.contract.TurnContract;
import bowline.reactor.contract.UnixContract;
import bowline.reactor.contract.UnreadContract;
import bowline.reactor.contract.Wire;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The contract of all reactors, and what those on Linux have beside it.
public abstract class BackendContract {

    /// A reactor of the backend under test.
    protected abstract Reactor backend();

    @Nested
    class Connect extends ConnectContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }
    }

    @Nested
    class Datagram extends DatagramContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }

        @Override
        protected boolean readsMany() {
            return true;
        }
    }

    @Nested
    class Descriptor extends DescriptorContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }
    }

    @Nested
    class Life extends LifeContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }
    }

    @Nested
    class Listen extends ListenContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }
    }

    @Nested
    class Multicast extends MulticastContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }
    }

    @Nested
    class Producer extends ProducerContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }
    }

    @Nested
    class Tcp extends TcpContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }
    }

    @Nested
    class Turn extends TurnContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }
    }

    @Nested
    class Unix extends UnixContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }

        @Override
        protected boolean knowsMore() {
            return true;
        }
    }

    @Nested
    class LinuxDatagram extends LinuxDatagramContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }
    }

    @Nested
    class UnixDatagram extends UnixDatagramContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }
    }

    @Nested
    class Unread extends UnreadContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }
    }

    @Nested
    class UnixProducer extends ProducerContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }

        @Override
        protected Wire wire() {
            return new Wire.Unix();
        }
    }

    @Nested
    class UnixConnect extends StreamConnectContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }

        @Override
        protected Wire wire() {
            return new Wire.Unix();
        }
    }

    @Nested
    class UnixStream extends StreamContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }

        @Override
        protected Wire wire() {
            return new Wire.Unix();
        }
    }

    @Nested
    class UnixListen extends StreamListenContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }

        @Override
        protected Wire wire() {
            return new Wire.Unix();
        }
    }

    @Nested
    class UnixUnread extends UnreadContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }

        @Override
        protected Wire wire() {
            return new Wire.Unix();
        }
    }

    @Nested
    class Adopting extends AdoptionContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }
    }

    @Nested
    class PlainDescriptor extends PlainDescriptorContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }
    }

    @Nested
    class Passing extends UnixSocketContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }
    }

    @Nested
    class Ended extends ReactorContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }

        @Test
        @DisplayName("a reactor that has ended watches nothing, and says so")
        void watchesNothing() {
            run(reactor::stop);

            assertThatThrownBy(() ->
                            reactor.listenTcp(0, Factory.of(Protocol::new), ListenOptions.DEFAULT.on("127.0.0.1")))
                    .hasRootCauseMessage("the reactor has ended");
            assertThatThrownBy(() -> ProcessStarter.of(reactor).startProcess(Spawn.command("true")))
                    .isInstanceOf(CannotSpawnError.class)
                    .hasMessageContaining("the reactor has ended");
        }
    }
}
