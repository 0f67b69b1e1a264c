package bowline.examples;

import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.EndpointString;
import bowline.failure.Failure;
import bowline.process.StandardIO;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The other side of the chat: what is typed goes to the socket, what comes from there is shown. Two connections
/// and two protocols, of which each writes to the other's.
///
///     ./bowline example chat-client [PATH]
public final class ChatClient {

    private ChatClient() {}

    /// Talks until one side ends.
    public static void main(String... args) {
        String path = args.length > 0 ? args[0] : ChatServer.SOCKET;
        Reactor reactor = Reactor.create();
        reactor.callWhenRunning(() -> ClientEndpoint.of(reactor, "unix:" + EndpointString.quote(path))
                .connect(Factory.of(() -> new Room(reactor)))
                .<@Nullable Void>addCallbacks(_ -> null, failure -> {
                    System.err.println(failure.message());
                    reactor.stop();
                    return null;
                }));
        reactor.run();
    }

    private static final class Room extends Protocol {
        private final Reactor reactor;
        private @Nullable Keyboard keyboard;

        Room(Reactor reactor) {
            this.reactor = reactor;
        }

        @Override
        public void connectionMade() {
            keyboard = new Keyboard(this);
            StandardIO.connect(reactor, keyboard);
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            if (keyboard != null) {
                keyboard.transport().write(unread);
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            if (reactor.running()) {
                reactor.stop();
            }
        }
    }

    private static final class Keyboard extends Protocol implements HalfCloseable {
        private final Room room;

        Keyboard(Room room) {
            this.room = room;
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            room.transport().write(unread);
        }

        @Override
        public void readConnectionLost() {
            room.transport().loseConnection();
        }

        @Override
        public void writeConnectionLost() {
            room.transport().loseConnection();
        }
    }
}
