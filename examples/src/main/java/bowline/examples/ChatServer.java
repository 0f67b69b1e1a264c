package bowline.examples;

import bowline.failure.Failure;
import bowline.framing.LineOptions;
import bowline.log.Log;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.LineReceiver;
import bowline.reactor.Reactor;
import bowline.reactor.UnixListenOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A chat for the users of one machine, at a UNIX socket that only its owner may connect to: the first line is a name,
/// each further one goes to all others.
///
///     ./bowline example chat-server [PATH]
///     ./bowline example chat-client [PATH]      or: nc -U chat.sock
public final class ChatServer {
    static final String SOCKET = "chat.sock";
    private static final int GUESTS_MAX = 100;
    private static final int NAME_MAX_CHARS = 20;
    private static final int OWNER_ONLY = 0600;
    private static final Logger log = Logger.of(ChatServer.class);

    private ChatServer() {}

    /// Serves until Ctrl-C.
    public static void main(String... args) {
        Path path = Path.of(args.length > 0 ? args[0] : SOCKET);
        Log.startLogging(System.out);
        Reactor reactor = Reactor.create();
        // With a lock: a socket that a killed server left behind is taken over, and a living one is left in peace.
        reactor.listenUnix(
                path, new Room(), UnixListenOptions.DEFAULT.mode(OWNER_ONLY).withLock());
        reactor.run();
    }

    /// Who is there, by name.
    private static final class Room extends Factory<Guest> {
        private final Map<String, Guest> guests = new LinkedHashMap<>();
        private int connections;

        @Override
        public @Nullable Guest buildProtocol(Address peer) {
            return connections < GUESTS_MAX ? new Guest(this) : null;
        }

        void say(Guest speaker, String text) {
            for (Guest guest : guests.values()) {
                if (guest != speaker) {
                    guest.sendLine(text);
                }
            }
        }
    }

    private static final class Guest extends LineReceiver {
        private final Room room;
        private @Nullable String name;

        Guest(Room room) {
            super(LineOptions.lf().lineMaxBytes(1000));
            this.room = room;
        }

        @Override
        public void connectionMade() {
            room.connections++;
            sendLine("Who are you?");
        }

        @Override
        public void lineReceived(String line) {
            if (name == null) {
                enter(line.strip());
            } else {
                room.say(this, name + ": " + line);
            }
        }

        private void enter(String wanted) {
            if (wanted.isEmpty() || wanted.length() > NAME_MAX_CHARS || room.guests.containsKey(wanted)) {
                sendLine("That name is empty, too long or taken. Who are you?");
                return;
            }
            sendLine("Here are: " + String.join(", ", room.guests.keySet()));
            name = wanted;
            room.guests.put(wanted, this);
            log.info("{name} has come", wanted);
            room.say(this, wanted + " has come");
        }

        @Override
        public void connectionLost(Failure reason) {
            room.connections--;
            if (name != null) {
                room.guests.remove(name);
                log.info("{name} has gone", name);
                room.say(this, name + " has gone");
            }
        }
    }
}
