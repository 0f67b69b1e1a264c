package bowline.socks;

import bowline.defer.Callback;
import bowline.defer.Deferred;
import bowline.defer.TimeoutError;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.machine.PeerViolation;
import bowline.policy.AddressRules;
import bowline.policy.ConnectionsBySource;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.ConnectTimeout;
import bowline.protocol.ConnectionRefused;
import bowline.protocol.DnsLookupError;
import bowline.protocol.Drainable;
import bowline.protocol.HalfCloseable;
import bowline.protocol.NoRouteError;
import bowline.protocol.Protocol;
import bowline.protocol.Relay;
import bowline.protocol.TcpTimedOut;
import bowline.protocol.TcpTransport;
import bowline.protocol.Transport;
import bowline.socks.message.ReplyCode;
import bowline.socks.message.SocksHost;
import bowline.socks.message.SocksMessage;
import bowline.socks.message.SocksMessage.Greeting;
import bowline.socks.message.SocksMessage.Login;
import bowline.socks.message.SocksMessage.LoginAnswer;
import bowline.socks.message.SocksMessage.Method;
import bowline.socks.message.SocksMessage.MethodChoice;
import bowline.socks.message.SocksMessage.Reply;
import bowline.socks.message.SocksMessage.Request;
import bowline.socks.message.SocksServerMachine;
import bowline.socks.message.SocksViolation;
import bowline.time.DelayedCall;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The server's conversation with one client, and then its side of the [Relay].
///
///     talking ── login, request ──▶ waiting for a Deferred ──▶ talking … ──▶ relaying, or carrying datagrams
///        └────────── refused, too slow, malformed ─────────────────▶ closing
///
/// While it waits it goes on reading until the first byte comes, which stays unread: so it hears when the client goes,
/// and holds no more for a client that sends ahead than one read (SOC-2).
public final class SocksServerProtocol extends Protocol implements HalfCloseable, Drainable {
    private static final Logger log = Logger.of(SocksServerProtocol.class);

    private final SocksServer server;
    private final SocksServerOptions options;
    private final ConnectionsBySource.Source source;
    private final SocksServerMachine machine = new SocksServerMachine();
    private @Nullable DelayedCall deadline;
    private @Nullable Deferred<?> waiting;
    private @Nullable RelayRequest request;
    private @Nullable Relay relay;
    private @Nullable UdpCarrier carrier;
    private String user = "";
    private boolean authorized;
    private boolean paused;
    private boolean clientEnded;
    private boolean closing;

    SocksServerProtocol(SocksServer server, ConnectionsBySource.Source source) {
        this.server = server;
        this.source = source;
        options = server.options();
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
        if (relay != null) {
            relay.first().dataReceived(unread);
            return;
        }
        if (carrier != null) {
            unread.position(unread.limit()); // the connection has nothing more to say but its end
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
        while (waiting == null && relay == null && carrier == null && !closing) {
            SocksMessage message = machine.next(unread);
            switch (message) {
                case Greeting greeting -> choose(greeting);
                case Login login -> check(login);
                case Request asked -> judge(asked);
                case MethodChoice _, LoginAnswer _, Reply _ ->
                    throw new AssertionError("a client's message is read as " + message);
                case null -> {
                    return;
                }
            }
        }
    }

    private void choose(Greeting greeting) {
        int wanted = options.passwords() == null ? Method.NONE : Method.PASSWORD;
        if (greeting.methods().contains(wanted)) {
            machine.send(new MethodChoice(wanted), transport());
        } else {
            refuse(
                    ReplyCode.NOT_ALLOWED,
                    "offers the authentication methods " + greeting.methods() + ", and must offer " + wanted);
        }
    }

    private void check(Login login) {
        PasswordCheck passwords = options.passwords();
        if (passwords == null) {
            throw new AssertionError("a login that nobody asked for");
        }
        await(Deferred.maybeDeferred(() -> passwords.check(login.user(), login.password())), right -> {
            if (right) {
                user = login.user();
                machine.send(new LoginAnswer(true), transport());
                goOn();
            } else {
                refuse(ReplyCode.NOT_ALLOWED, "gives a wrong user name or password");
            }
            return null;
        });
    }

    private void judge(Request asked) {
        RelayRequest judged = RelayRequest.of(transport().peer(), user, asked);
        request = judged;
        boolean known = switch (asked.command()) {
            case CONNECT -> true;
            case BIND -> options.bind();
            case UDP_ASSOCIATE -> options.udp();
        };
        if (options.passwords() != null && asked.version() == SocksMessage.VERSION_4) {
            refuse(ReplyCode.NOT_ALLOWED, "has to give a password, for which SOCKS 4 has no words; use SOCKS 5");
        } else if (!known) {
            refuse(ReplyCode.COMMAND_NOT_SUPPORTED, "asks for what this server does not do");
        } else {
            await(Deferred.maybeDeferred(() -> options.requests().authorize(judged)), allowed -> {
                if (allowed) {
                    authorized = true;
                    within(null);
                    carryOut(asked);
                } else {
                    refuse(ReplyCode.NOT_ALLOWED, "is not authorized");
                }
                return null;
            });
        }
    }

    // Waiting

    /// Goes on with `then` when there is a result, unless the client has gone by then. A failure refuses the
    /// client.
    private <T> void await(Deferred<T> awaited, Callback<T, @Nullable Void> then) {
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

    // Carrying out

    private void carryOut(Request asked) {
        var targets = new Targets(
                server.reactor(), options.addresses(), options.timeouts().connect());
        switch (asked.command()) {
            case CONNECT ->
                await(
                        targets.connect(asked.destination()),
                        target -> relay(asked, target, target.transport().host()));
            case BIND -> awaitExpected(asked, targets);
            case UDP_ASSOCIATE -> associate(asked, targets);
        }
    }

    /// Carries the client's datagrams for as long as its connection is there (RFC 1928 §7).
    private void associate(Request asked, Targets targets) {
        InetAddress client = InetAddress.ofLiteral(transport().peer().host());
        try {
            carrier = new UdpCarrier(
                    server.reactor(),
                    transport().host().host(),
                    client,
                    asked.destination().port(),
                    targets);
        } catch (CannotListenError full) {
            failed(Failure.of(full));
            return;
        }
        machine.send(reply(asked, carrier.host()), transport());
        watchCarrier(carrier);
    }

    private void watchCarrier(UdpCarrier watched) {
        long restNanos =
                options.timeouts().idle().toNanos() - (transport().clock().nanos() - watched.lastNanos());
        if (restNanos <= 0) {
            transport().loseConnection();
        } else {
            deadline = transport().clock().callLater(Duration.ofNanos(restNanos), () -> watchCarrier(watched));
        }
    }

    private void awaitExpected(Request asked, Targets targets) {
        AddressRules rules = options.addresses();
        if (unspecified(asked.destination().host())) {
            open(asked, rules::permits);
        } else {
            await(targets.addresses(asked.destination().host()), expected -> {
                open(asked, expected::contains);
                return null;
            });
        }
    }

    /// Whether the client does not say from whom the connection will come.
    private static boolean unspecified(SocksHost host) {
        InetAddress literal = SocksAddresses.literal(host);
        return literal != null && literal.isAnyLocalAddress();
    }

    private void open(Request asked, Predicate<InetAddress> expected) {
        String where = options.bindInterface().isEmpty() ? transport().host().host() : options.bindInterface();
        var rendezvous = new Rendezvous(server.reactor(), where, expected);
        machine.send(reply(asked, rendezvous.host()), transport());
        await(
                rendezvous.arrival(server.reactor(), options.timeouts().bind()),
                target -> relay(asked, target, target.transport().peer()));
    }

    private static Reply reply(Request asked, Address bound) {
        return Reply.of(asked.version(), ReplyCode.SUCCEEDED, SocksAddresses.of(bound));
    }

    // Relaying

    private @Nullable Void relay(Request asked, TargetProtocol target, Address bound) {
        machine.send(reply(asked, bound), transport());
        sendAtOnce(transport());
        sendAtOnce(target.transport());
        Relay joined = Relay.join(transport(), target.transport())
                .idleAfter(options.timeouts().idle());
        relay = joined;
        target.join(joined.second());
        if (clientEnded) {
            joined.first().readConnectionLost();
        }
        goOn();
        return null;
    }

    /// What is passed on was cut into packets by somebody who knew why.
    private static void sendAtOnce(Transport transport) {
        if (transport instanceof TcpTransport tcp) {
            tcp.tcpNoDelay(true);
        }
    }

    @Override
    public void readConnectionLost() {
        clientEnded = true;
        if (relay != null) {
            relay.first().readConnectionLost();
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
        if (carrier != null) {
            carrier.close();
            log.info(
                    "{request} ended: {sent} datagrams sent, {received} received",
                    String.valueOf(request),
                    carrier.sent(),
                    carrier.received());
        }
        if (relay != null) {
            relay.first().connectionLost();
            log.info(
                    "{request} ended: {sent} bytes sent, {received} received",
                    String.valueOf(request),
                    relay.first().receivedBytes(),
                    relay.second().receivedBytes());
        }
    }

    /// A relay goes on, for nobody here knows where it could be cut, and so do datagrams; a client that has neither
    /// yet gets none any more.
    @Override
    public void drain() {
        if (relay == null && carrier == null && !closing) {
            refuse(ReplyCode.GENERAL_FAILURE, "comes while the server stops");
        }
    }

    @Override
    public String logPrefix() {
        return "Socks";
    }
}
