package bowline.examples;

import bowline.cred.Anonymous;
import bowline.cred.AuthString;
import bowline.cred.AvatarId;
import bowline.cred.Credentials;
import bowline.cred.CredentialsChecker;
import bowline.cred.Login;
import bowline.cred.LoginFailed;
import bowline.cred.Portal;
import bowline.cred.Realm;
import bowline.cred.SlowWork;
import bowline.cred.UsernamePassword;
import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.framing.LineOptions;
import bowline.log.Log;
import bowline.log.Logger;
import bowline.protocol.Factory;
import bowline.protocol.LineReceiver;
import bowline.reactor.Reactor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command server that asks who is there. The protocol gathers names and passwords, the checkers that the command
/// line names know whether they are right, and the realm decides what somebody may do: members may ask who is here,
/// guests may not. None of the three knows another; the portal stands between them.
///
///     ./bowline password anna >> users
///     ./bowline example login-server 9999 file:users anonymous
///     nc 127.0.0.1 9999
public final class LoginServer {
    private static final int ATTEMPTS_MAX = 3;

    private LoginServer() {}

    /// Serves until Ctrl-C.
    ///
    /// @param args a port, and checkers as `--auth` has them
    public static void main(String... args) {
        if (args.length < 2) {
            IO.println("Usage: login-server PORT TYPE:ARGUMENT ...");
            IO.print(AuthString.help());
            System.exit(64);
        }
        Log.startLogging(System.out);
        Reactor reactor = Reactor.create();
        SlowWork work = SlowWork.on(reactor::deferToThread);
        CredentialsChecker[] checkers = Arrays.stream(args, 1, args.length)
                .map(description -> AuthString.checker(description, work))
                .toArray(CredentialsChecker[]::new);
        var portal = new Portal(new House(), checkers);
        reactor.listenTcp(Numbers.port(args, 0, 9999), Factory.of(() -> new Door(portal)));
        reactor.run();
    }

    /// The avatar: what somebody who came in can do.
    @FunctionalInterface
    private interface Visitor {
        String ask(String command);
    }

    /// The realm: who is here.
    private static final class House implements Realm {
        private final List<AvatarId> inside = new ArrayList<>();

        @Override
        public Deferred<Login<?>> requestAvatar(AvatarId id, @Nullable Object mind, List<Class<?>> interfaces) {
            Visitor visitor = id == AvatarId.ANONYMOUS ? House::answerGuest : command -> answerMember(id, command);
            inside.add(id);
            return Deferred.succeed(new Login<>(Visitor.class, visitor, () -> inside.remove(id)));
        }

        private static String answerGuest(String command) {
            return command.equals("whoami") ? "A guest." : "Guests may ask: whoami, exit.";
        }

        private String answerMember(AvatarId id, String command) {
            return switch (command) {
                case "whoami" -> "You are " + id + ".";
                case "who" -> "Here are " + inside + ".";
                default -> "Members may ask: whoami, who, exit.";
            };
        }
    }

    /// The protocol: asks for a name and a password, and then passes questions on.
    private static final class Door extends LineReceiver {
        private static final Logger log = Logger.of(Door.class);

        private final Portal portal;
        private @Nullable Deferred<?> asking;
        private @Nullable Login<Visitor> login;
        private int attempts;

        Door(Portal portal) {
            super(LineOptions.lf());
            this.portal = portal;
        }

        @Override
        public void connectionMade() {
            sendLine("Who is there? NAME PASSWORD" + (portal.takes(Anonymous.class) ? ", or guest" : ""));
        }

        @Override
        public void lineReceived(String line) {
            if (line.equals("exit")) {
                transport().loseConnection();
            } else if (login != null) {
                sendLine(login.avatar().ask(line));
            } else {
                enter(line);
            }
        }

        private void enter(String line) {
            String[] words = line.split(" ", 2);
            Credentials credentials = words.length == 2 ? new UsernamePassword(words[0], words[1]) : new Anonymous();
            pauseProducing(); // what is typed ahead waits for the answer
            Deferred<Login<Visitor>> entering = portal.login(credentials, null, Visitor.class);
            asking = entering;
            entering.<@Nullable Void>addCallbacks(this::welcome, this::refused).onBoth(this::goOn);
        }

        private void goOn() {
            asking = null;
            resumeProducing();
        }

        private @Nullable Void welcome(Login<Visitor> admitted) {
            login = admitted;
            sendLine("Come in.");
            return null;
        }

        private @Nullable Void refused(Failure failure) {
            failure.trap(LoginFailed.class, CancelledError.class);
            log.info("{peer}: {reason}", transport().peer(), failure.message());
            sendLine("No.");
            if (++attempts == ATTEMPTS_MAX) {
                transport().loseConnection();
            }
            return null;
        }

        @Override
        public void connectionLost(Failure reason) {
            if (asking != null) {
                asking.cancel();
            }
            if (login != null) {
                try {
                    login.logout();
                } catch (Exception broken) {
                    log.failure(Failure.of(broken));
                }
            }
        }
    }
}
