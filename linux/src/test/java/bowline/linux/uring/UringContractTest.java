package bowline.linux.uring;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.linux.socket.AdoptionContract;
import bowline.linux.socket.LinuxDatagramContract;
import bowline.linux.socket.PlainDescriptorContract;
import bowline.linux.socket.UnixDatagramContract;
import bowline.linux.socket.UnixSocketContract;
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
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The contract of all reactors, kept by the one on io_uring.
class UringContractTest {

    @Nested
    class Connect extends ConnectContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
        }
    }

    @Nested
    class Datagram extends DatagramContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
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
            return new UringReactor();
        }
    }

    @Nested
    class Life extends LifeContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
        }
    }

    @Nested
    class Listen extends ListenContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
        }
    }

    @Nested
    class Multicast extends MulticastContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
        }
    }

    @Nested
    class Producer extends ProducerContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
        }
    }

    @Nested
    class Tcp extends TcpContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
        }
    }

    @Nested
    class Turn extends TurnContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
        }
    }

    @Nested
    class Unix extends UnixContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
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
            return new UringReactor();
        }
    }

    @Nested
    class UnixDatagram extends UnixDatagramContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
        }
    }

    @Nested
    class Unread extends UnreadContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
        }
    }

    @Nested
    class UnixProducer extends ProducerContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
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
            return new UringReactor();
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
            return new UringReactor();
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
            return new UringReactor();
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
            return new UringReactor();
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
            return new UringReactor();
        }
    }

    @Nested
    class PlainDescriptor extends PlainDescriptorContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
        }
    }

    @Nested
    class Passing extends UnixSocketContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
        }
    }

    @Nested
    class OneThread extends ReactorContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
        }

        @Test
        @DisplayName("a second thread is told that it cannot run the reactor, once, and the run ends")
        void belongsToTheThreadThatRanItFirst() throws InterruptedException {
            Thread.ofPlatform().start(() -> reactor.iterate(Duration.ZERO)).join();
            reactor.run(false);

            assertThat(takeCriticals())
                    .first()
                    .satisfies(thrown -> assertThat(thrown)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("choose the backend epoll"));
        }
    }
}
