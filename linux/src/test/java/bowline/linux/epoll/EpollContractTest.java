package bowline.linux.epoll;

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
import bowline.reactor.contract.StreamConnectContract;
import bowline.reactor.contract.StreamContract;
import bowline.reactor.contract.StreamListenContract;
import bowline.reactor.contract.TcpContract;
import bowline.reactor.contract.TurnContract;
import bowline.reactor.contract.UnixContract;
import bowline.reactor.contract.UnreadContract;
import bowline.reactor.contract.Wire;
import org.junit.jupiter.api.Nested;

/// The contract of all reactors, kept by the one on epoll.
class EpollContractTest {

    @Nested
    class Connect extends ConnectContract {
        @Override
        protected Reactor newReactor() {
            return new EpollReactor(null);
        }
    }

    @Nested
    class Datagram extends DatagramContract {
        @Override
        protected Reactor newReactor() {
            return new EpollReactor(null);
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
            return new EpollReactor(null);
        }
    }

    @Nested
    class Life extends LifeContract {
        @Override
        protected Reactor newReactor() {
            return new EpollReactor(null);
        }
    }

    @Nested
    class Listen extends ListenContract {
        @Override
        protected Reactor newReactor() {
            return new EpollReactor(null);
        }
    }

    @Nested
    class Multicast extends MulticastContract {
        @Override
        protected Reactor newReactor() {
            return new EpollReactor(null);
        }
    }

    @Nested
    class Producer extends ProducerContract {
        @Override
        protected Reactor newReactor() {
            return new EpollReactor(null);
        }
    }

    @Nested
    class Tcp extends TcpContract {
        @Override
        protected Reactor newReactor() {
            return new EpollReactor(null);
        }
    }

    @Nested
    class Turn extends TurnContract {
        @Override
        protected Reactor newReactor() {
            return new EpollReactor(null);
        }
    }

    @Nested
    class Unix extends UnixContract {
        @Override
        protected Reactor newReactor() {
            return new EpollReactor(null);
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
            return new EpollReactor(null);
        }
    }

    @Nested
    class UnixDatagram extends UnixDatagramContract {
        @Override
        protected Reactor newReactor() {
            return new EpollReactor(null);
        }
    }

    @Nested
    class Unread extends UnreadContract {
        @Override
        protected Reactor newReactor() {
            return new EpollReactor(null);
        }
    }

    @Nested
    class UnixProducer extends ProducerContract {
        @Override
        protected Reactor newReactor() {
            return new EpollReactor(null);
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
            return new EpollReactor(null);
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
            return new EpollReactor(null);
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
            return new EpollReactor(null);
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
            return new EpollReactor(null);
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
            return new EpollReactor(null);
        }
    }

    @Nested
    class PlainDescriptor extends PlainDescriptorContract {
        @Override
        protected Reactor newReactor() {
            return new EpollReactor(null);
        }
    }

    @Nested
    class Passing extends UnixSocketContract {
        @Override
        protected Reactor newReactor() {
            return new EpollReactor(null);
        }
    }
}
