package bowline.socks;

import bowline.cred.LoginFailed;
import bowline.defer.Callback;
import bowline.defer.Deferred;
import bowline.defer.TimeoutError;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.machine.PeerViolation;
import bowline.policy.ConnectionsBySource;
import bowline.protocol.ConnectTimeout;
import bowline.protocol.ConnectionRefused;
import bowline.protocol.DnsLookupError;
import bowline.protocol.Drainable;
import bowline.protocol.HalfCloseable;
import bowline.protocol.NoRouteError;
import bowline.protocol.Protocol;
import bowline.protocol.TcpTimedOut;
import bowline.socks.message.ReplyCode;
import bowline.socks.message.SocksMessage;
import bowline.socks.message.SocksMessage.Greeting;
import bowline.socks.message.SocksMessage.Login;
import bowline.socks.message.SocksMessage.LoginAnswer;
import bowline.socks.message.SocksMessage.Method;
import bowline.socks.message.SocksMessage.MethodChoice;
import bowline.socks.message.SocksMessage.Request;
import bowline.socks.message.SocksServerMachine;
import bowline.socks.message.SocksViolation;
import bowline.time.DelayedCall;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The server's conversation with one client: who it is ([ClientSession]), what it wants ([Errand]), and then the
/// [Carriage] of what it sends.
///
///     talking ── login, request ──▶ waiting for a Deferred ──▶ talking … ──▶ carrying
///        └────────── refused, too slow, malformed ─────────────────▶ closing
///
/// While it waits it goes on reading until the first byte comes, which stays unread: so it hears when the client goes,
/// and holds no more for a client that sends ahead than one read (SOC-2).
public final class SocksServerProtocol extends Protocol implements HalfCloseable, Drainable {
    private static final Logger log = Logger.of(SocksServerProtocol.class);

    private final SocksServer server;
    private final SocksServerOptions options;
    private final ConnectionsBySource.Source source;
    private final ClientSession session;
    private final SocksServerMachine machine = new SocksServerMachine();
    private @Nullable DelayedCall deadline;
    private @Nullable Deferred<?> waiting;
    private @Nullable RelayRequest request;
    private @Nullable Carriage carriage;
    private boolean authorized;
    private boolean paused;
    private boolean clientEnded;
    private boolean closing;

    SocksServerProtocol(SocksServer server, ConnectionsBySource.Source source) {
        this.server = server;
        this.source = source;
        options = server.options();
        session = new ClientSession(server.portal());
    }

    @Override
    public void connectionMade() {
        server.opened(transport().clock());
        within(options.timeouts().handshake());
    }

    /// Allows so much time for what comes next; null: as much as it takes.
    private void within(@Nullable Duration time) {
        if (deadline != null) {
            deadline.cancelIfActive();
        }
        deadline = time == null ? null : transport().clock().callLater(time, this::tooSlow);
    }

    private void tooSlow() {
        if (closing) {
            transport().abortConnection();
        } else {
            refuse(
                    ReplyCode.TTL_EXPIRED,
                    "took longer than " + options.timeouts().handshake() + " to say what it wants");
        }
    }

    // Talking

    @Override
    public void dataReceived(ByteBuffer unread) {
        if (carriage != null) {
            carriage.dataReceived(unread);
            return;
        }
        try {
            talk(unread);
        } catch (SocksViolation violation) {
            refuse(violation.code(), String.valueOf(violation.getMessage()));
        } catch (PeerViolation violation) {
            refuse(ReplyCode.GENERAL_FAILURE, String.valueOf(violation.getMessage()));
        }
        if (closing) {
            unread.position(unread.limit());
        } else if (unread.hasRemaining() && waiting != null) {
            paused = true;
            transport().pauseProducing();
        }
    }

    private void talk(ByteBuffer unread) {
        while (waiting == null && carriage == null && !closing) {
            SocksMessage message = machine.next(unread);
            switch (message) {
                case Greeting greeting -> choose(greeting);
                case Login login -> check(login);
                case Request asked -> judge(asked);
                case MethodChoice _, LoginAnswer _, SocksMessage.Reply _ ->
                    throw new AssertionError("a client's message is read as " + message);
                case null -> {
                    return;
                }
            }
        }
    }

    private void choose(Greeting greeting) {
        int method = session.method(greeting.methods());
        if (method == Method.NO_ACCEPTABLE) {
            refuse(
                    ReplyCode.NOT_ALLOWED,
                    "offers the authentication methods " + greeting.methods() + ", none of which is taken here");
        } else {
            send(new MethodChoice(method));
        }
    }

    private void check(Login login) {
        await(session.logIn(login.user(), login.password(), transport().peer()), _ -> {
            send(new LoginAnswer(true));
            goOn();
            return null;
        });
    }

    private void judge(Request asked) {
        RelayRequest judged = RelayRequest.of(transport().peer(), session.user(), asked);
        request = judged;
        if (!session.isLoggedIn() && !session.takesAnonymous()) {
            refuse(ReplyCode.NOT_ALLOWED, "has to give a password, for which SOCKS 4 has no words; use SOCKS 5");
        } else if (!does(asked.command())) {
            refuse(ReplyCode.COMMAND_NOT_SUPPORTED, "asks for what this server does not do");
        } else if (session.isLoggedIn()) {
            authorize(asked, judged);
        } else {
            await(session.logInAnonymously(transport().peer()), _ -> {
                authorize(asked, judged);
                return null;
            });
        }
    }

    private boolean does(SocksMessage.Command command) {
        return switch (command) {
            case CONNECT -> true;
            case BIND -> options.bind();
            case UDP_ASSOCIATE -> options.udp();
        };
    }

    private void authorize(Request asked, RelayRequest judged) {
        Deferred<Boolean> allowed = Deferred.maybeDeferred(() -> session.authorize(judged))
                .addCallbackDeferring(yes -> yes ? options.requests().authorize(judged) : Deferred.succeed(false));
        await(allowed, yes -> {
            if (yes) {
                authorized = true;
                within(null);
                new Errand(this, asked, server).begin();
            } else {
                refuse(ReplyCode.NOT_ALLOWED, "is not authorized");
            }
            return null;
        });
    }

    void send(SocksMessage answer) {
        machine.send(answer, transport());
    }

    // Waiting

    /// Goes on with `then` when there is a result, unless the client has gone by then. A failure refuses the
    /// client.
    <T> void await(Deferred<T> awaited, Callback<T, @Nullable Void> then) {
        waiting = awaited;
        awaited.<@Nullable Void>addCallbacks(
                        value -> over(awaited) ? null : then.call(value),
                        failure -> over(awaited) ? null : failed(failure))
                .addErrback(this::broken);
    }

    /// Whether nobody waits for it any more; if somebody does, they have it now.
    private boolean over(Deferred<?> awaited) {
        boolean given = waiting == awaited;
        waiting = given ? null : waiting;
        return !given;
    }

    private @Nullable Void failed(Failure failure) {
        if (failure.value() instanceof LoginFailed) {
            refuse(ReplyCode.NOT_ALLOWED, "is not let in: " + failure.message());
            return null;
        }
        ReplyCode code = authorized ? code(failure.value()) : ReplyCode.GENERAL_FAILURE;
        if (code == ReplyCode.GENERAL_FAILURE) {
            log.failure("{client} cannot be served", failure, client());
        }
        refuse(code, "gets no connection: " + failure.message());
        return null;
    }

    private static ReplyCode code(Throwable reason) {
        return switch (reason) {
            case ForbiddenAddress _ -> ReplyCode.NOT_ALLOWED;
            case ConnectionRefused _ -> ReplyCode.CONNECTION_REFUSED;
            case NoRouteError _ -> ReplyCode.NETWORK_UNREACHABLE;
            case ConnectTimeout _, TcpTimedOut _, TimeoutError _ -> ReplyCode.TTL_EXPIRED;
            case DnsLookupError _, IllegalArgumentException _ -> ReplyCode.HOST_UNREACHABLE;
            default -> ReplyCode.GENERAL_FAILURE;
        };
    }

    private @Nullable Void broken(Failure failure) {
        log.failure("the conversation with a client broke", failure);
        transport().abortConnection();
        return null;
    }

    /// Shows what has come in the meantime.
    private void goOn() {
        if (paused) {
            paused = false;
            transport().resumeProducing();
        }
    }

    private void refuse(ReplyCode code, String why) {
        closing = true;
        log.info("refused: {client} {why}", client(), why);
        giveUp();
        machine.refuse(code, transport());
        transport().loseConnection();
        within(options.timeouts().handshake()); // for a peer that does not read its refusal
    }

    private String client() {
        return request == null ? "a client from " + transport().peer() : request.toString();
    }

    private void giveUp() {
        Deferred<?> unwanted = waiting;
        waiting = null;
        if (unwanted != null) {
            unwanted.cancel();
        }
    }

    // Carrying

    /// The request is granted: from now on the connection belongs to what carries.
    void carry(Carriage granted) {
        carriage = granted;
        if (clientEnded) {
            granted.readConnectionLost();
        }
        goOn();
    }

    @Override
    public void readConnectionLost() {
        clientEnded = true;
        if (carriage != null) {
            carriage.readConnectionLost();
        } else if (waiting == null || rendezvous()) {
            transport().loseConnection();
        }
    }

    /// Whether the client waits for a connection to come, and so would never learn that nobody can talk to it.
    private boolean rendezvous() {
        return request != null && request.command() == SocksMessage.Command.BIND;
    }

    @Override
    public void writeConnectionLost() {}

    @Override
    public void connectionLost(Failure reason) {
        within(null);
        server.closed(source);
        giveUp();
        if (carriage != null) {
            carriage.end(String.valueOf(request));
        }
        session.end();
    }

    /// A relay goes on, for nobody here knows where it could be cut, and so do datagrams; a client that has neither
    /// yet gets none any more.
    @Override
    public void drain() {
        if (carriage == null && !closing) {
            refuse(ReplyCode.GENERAL_FAILURE, "comes while the server stops");
        }
    }

    @Override
    public String logPrefix() {
        return "Socks";
    }
}
