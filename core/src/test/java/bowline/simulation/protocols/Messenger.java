package bowline.simulation.protocols;

import bowline.failure.Failure;
import bowline.framing.LineOptions;
import bowline.protocol.Int16StringReceiver;
import bowline.protocol.Int32StringReceiver;
import bowline.protocol.Int8StringReceiver;
import bowline.protocol.LineOnlyReceiver;
import bowline.protocol.LineReceiver;
import bowline.protocol.NetstringReceiver;
import bowline.protocol.PausableProtocol;
import bowline.protocol.Protocol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Every protocol of messages in one shape, so that each goes through the same tests.
interface Messenger {

    /// Sends one message.
    void send(String message);

    /// The protocol itself.
    Protocol protocol();

    /// Hears what happens.
    interface Hearer {
        default void made(Messenger messenger) {}

        void message(Messenger from, String message);

        default void lost(Messenger messenger, Failure reason) {}

        default void drain(Messenger messenger) {
            messenger.protocol().transport().loseConnection();
        }
    }

    /// The ways to tell one message from the next.
    enum Framing {
        LINES {
            @Override
            Messenger with(Hearer hearer) {
                return new Lines(hearer);
            }
        },
        ONLY_LINES {
            @Override
            Messenger with(Hearer hearer) {
                return new OnlyLines(hearer);
            }
        },
        NETSTRINGS {
            @Override
            Messenger with(Hearer hearer) {
                return new Netstrings(hearer);
            }
        },
        INT_8 {
            @Override
            Messenger with(Hearer hearer) {
                return new Int8(hearer);
            }
        },
        INT_16 {
            @Override
            Messenger with(Hearer hearer) {
                return new Int16(hearer);
            }
        },
        INT_32 {
            @Override
            Messenger with(Hearer hearer) {
                return new Int32(hearer);
            }
        };

        abstract Messenger with(Hearer hearer);
    }

    /// Pauses or resumes it, if it can be.
    default void pause(boolean yes) {
        if (protocol() instanceof PausableProtocol pausable) {
            if (yes) {
                pausable.pauseProducing();
            } else {
                pausable.resumeProducing();
            }
        } else if (yes) {
            protocol().transport().pauseProducing();
        } else {
            protocol().transport().resumeProducing();
        }
    }

    private static byte[] bytes(String message) {
        return message.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(ByteBuffer unread) {
        byte[] bytes = new byte[unread.remaining()];
        unread.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// By [LineReceiver].
    final class Lines extends LineReceiver implements Messenger {
        private final Hearer hearer;

        Lines(Hearer hearer) {
            super(LineOptions.crlf());
            this.hearer = hearer;
        }

        @Override
        public void connectionMade() {
            hearer.made(this);
        }

        @Override
        public void lineReceived(ByteBuffer line) {
            hearer.message(this, text(line));
        }

        @Override
        public void connectionLost(Failure reason) {
            hearer.lost(this, reason);
        }

        @Override
        public void send(String message) {
            sendLine(bytes(message));
        }

        @Override
        public Protocol protocol() {
            return this;
        }
    }

    /// By [LineOnlyReceiver].
    final class OnlyLines extends LineOnlyReceiver implements Messenger {
        private final Hearer hearer;

        OnlyLines(Hearer hearer) {
            super(LineOptions.crlf());
            this.hearer = hearer;
        }

        @Override
        public void connectionMade() {
            hearer.made(this);
        }

        @Override
        public void lineReceived(ByteBuffer line) {
            hearer.message(this, text(line));
        }

        @Override
        public void connectionLost(Failure reason) {
            hearer.lost(this, reason);
        }

        @Override
        public void send(String message) {
            sendLine(bytes(message));
        }

        @Override
        public Protocol protocol() {
            return this;
        }
    }

    /// By [NetstringReceiver].
    final class Netstrings extends NetstringReceiver implements Messenger {
        private final Hearer hearer;

        Netstrings(Hearer hearer) {
            this.hearer = hearer;
        }

        @Override
        public void connectionMade() {
            hearer.made(this);
        }

        @Override
        public void stringReceived(ByteBuffer string) {
            hearer.message(this, text(string));
        }

        @Override
        public void connectionLost(Failure reason) {
            hearer.lost(this, reason);
        }

        @Override
        public void send(String message) {
            sendString(bytes(message));
        }

        @Override
        public Protocol protocol() {
            return this;
        }
    }

    /// By [Int8StringReceiver].
    final class Int8 extends Int8StringReceiver implements Messenger {
        private final Hearer hearer;

        Int8(Hearer hearer) {
            this.hearer = hearer;
        }

        @Override
        public void connectionMade() {
            hearer.made(this);
        }

        @Override
        public void stringReceived(ByteBuffer string) {
            hearer.message(this, text(string));
        }

        @Override
        public void connectionLost(Failure reason) {
            hearer.lost(this, reason);
        }

        @Override
        public void send(String message) {
            sendString(bytes(message));
        }

        @Override
        public Protocol protocol() {
            return this;
        }
    }

    /// By [Int16StringReceiver].
    final class Int16 extends Int16StringReceiver implements Messenger {
        private final Hearer hearer;

        Int16(Hearer hearer) {
            this.hearer = hearer;
        }

        @Override
        public void connectionMade() {
            hearer.made(this);
        }

        @Override
        public void stringReceived(ByteBuffer string) {
            hearer.message(this, text(string));
        }

        @Override
        public void connectionLost(Failure reason) {
            hearer.lost(this, reason);
        }

        @Override
        public void send(String message) {
            sendString(bytes(message));
        }

        @Override
        public Protocol protocol() {
            return this;
        }
    }

    /// By [Int32StringReceiver].
    final class Int32 extends Int32StringReceiver implements Messenger {
        private final Hearer hearer;

        Int32(Hearer hearer) {
            this.hearer = hearer;
        }

        @Override
        public void connectionMade() {
            hearer.made(this);
        }

        @Override
        public void stringReceived(ByteBuffer string) {
            hearer.message(this, text(string));
        }

        @Override
        public void connectionLost(Failure reason) {
            hearer.lost(this, reason);
        }

        @Override
        public void send(String message) {
            sendString(bytes(message));
        }

        @Override
        public Protocol protocol() {
            return this;
        }
    }
}
