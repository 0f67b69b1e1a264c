package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.endpoint.TcpClientEndpoint;
import bowline.endpoint.TcpServerEndpoint;
import bowline.failure.Failure;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.tls.HandshakeListener;
import bowline.tls.ServerIdentity;
import bowline.tls.Tls;
import bowline.tls.TlsClientOptions;
import bowline.tls.TlsServerOptions;
import bowline.tls.TlsTransport;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.CertificateReader;
import bowline.tls.certificate.ClientVerifier;
import bowline.tls.certificate.IdentityReader;
import bowline.tls.certificate.KeyKind;
import bowline.tls.certificate.PrivateAuthority;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import bowline.tls.engine.TlsProvider;
import bowline.tls.engine.TlsSession;
import bowline.tls.engine.TlsVersion;
import bowline.tls.engine.Versions;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;

/// Our two ends of TLS for tests whose other end is a foreign program, and what proves who is who: an authority, a
/// server for `localhost` and 127.0.0.1, a client, all in files, too.
final class TlsPeers implements AutoCloseable {
    private static final InstantSource TIMES = InstantSource.system();
    private static final CertificateMaker MAKER = new CertificateMaker(new SecureRandom(), TIMES::instant);
    private static final long TIME_LIMIT_SECONDS = 20;

    final PrivateAuthority authority;
    final TlsIdentity server;
    final TlsIdentity client;
    final LiveReactor live = new LiveReactor();
    private final Path folder;

    TlsPeers(Path folder) {
        this(folder, KeyKind.EC_P256);
    }

    /// With keys of that kind.
    TlsPeers(Path folder, KeyKind kind) {
        this.folder = folder;
        authority = MAKER.keys(kind).authority("Our own");
        server = authority.server("localhost", "127.0.0.1");
        client = authority.client("alice@example.com");
    }

    static CertificateMaker maker() {
        return MAKER;
    }

    /// The implementation of that name; skips the test where it cannot be used.
    static TlsProvider provider(String name) {
        TlsProvider found = ServiceLoader.load(TlsProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Assumptions.assumeTrue(found.whyNot() == null, () -> "TLS by " + name + ": " + found.whyNot());
        return found;
    }

    static Versions only(String version) {
        TlsVersion one = version.equals("1.2") ? TlsVersion.TLS_1_2 : TlsVersion.TLS_1_3;
        return new Versions(one, one);
    }

    // Files

    String file(String name) {
        return folder.resolve(name).toString();
    }

    String write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    /// The authority's certificate.
    String roots() throws Exception {
        return write("roots.pem", CertificateReader.pem(List.of(authority.certificate())));
    }

    /// Key and chain.
    String pem(String name, TlsIdentity identity) throws Exception {
        return write(name, IdentityReader.pem(identity));
    }

    // Options

    TlsServerOptions.Builder serves(String provider) {
        return TlsServerOptions.forIdentity(server).provider(provider(provider));
    }

    TlsServerOptions.Builder serves(String provider, ClientCertificates demand) {
        var identity = new ServerIdentity(server, demand, new ClientVerifier(authority.trust(), TIMES::instant));
        return TlsServerOptions.forIdentity(identity).provider(provider(provider));
    }

    TlsClientOptions.Builder asks(String provider) {
        return TlsClientOptions.forHost("localhost").trust(authority.trust()).provider(provider(provider));
    }

    /// One that is free now, for programs that cannot say which they have got.
    static int freePort() throws java.io.IOException {
        try (var socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    // Our server

    /// An echo behind TLS.
    Served listen(TlsServerOptions options) throws Exception {
        return listen(options, Echo::new);
    }

    Served listen(TlsServerOptions options, Function<Served, Protocol> protocol) throws Exception {
        var served = new Served();
        var tcp = new TcpServerEndpoint(live.reactor(), 0, ListenOptions.DEFAULT.on("127.0.0.1"));
        served.port = live.await(() -> Tls.wrapServer(tcp, options).listen(Factory.of(() -> protocol.apply(served))))
                .port();
        return served;
    }

    /// The same without TLS, for protocols that begin it themselves.
    Served listenInClear(Function<Served, Protocol> protocol) throws Exception {
        var served = new Served();
        var tcp = new TcpServerEndpoint(live.reactor(), 0, ListenOptions.DEFAULT.on("127.0.0.1"));
        served.port = live.await(() -> tcp.listen(Factory.of(() -> protocol.apply(served))))
                .port();
        return served;
    }

    /// What a server of ours has seen.
    static final class Served {
        final BlockingQueue<TlsSession> sessions = new LinkedBlockingQueue<>();
        final BlockingQueue<Failure> ends = new LinkedBlockingQueue<>();
        final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        int port;

        TlsSession session() throws InterruptedException {
            return next(sessions, "a handshake");
        }

        /// Why the connection has ended.
        String end() throws InterruptedException {
            Failure end = next(ends, "the end of a connection");
            return end.value().getClass().getSimpleName() + ": " + end.message();
        }

        String told() throws InterruptedException {
            return next(told, "something from the protocol");
        }

        String target() {
            return "127.0.0.1:" + port;
        }

        private static <T> T next(BlockingQueue<T> queue, String what) throws InterruptedException {
            T found = queue.poll(TIME_LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(found).as(what + " within " + TIME_LIMIT_SECONDS + " s").isNotNull();
            return found;
        }
    }

    /// Sends back what comes, and tells of handshake and end.
    static class Echo extends Protocol implements HandshakeListener {
        final Served served;

        Echo(Served served) {
            this.served = served;
        }

        @Override
        public void handshakeCompleted() {
            served.sessions.add(((TlsTransport) transport()).session());
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }

        @Override
        public void connectionLost(Failure reason) {
            served.ends.add(reason);
        }
    }

    /// Answers `go` to the line `STARTTLS` and begins TLS.
    static final class StartTlsEcho extends Echo {
        private static final String REQUEST = "STARTTLS\n";
        private final TlsServerOptions options;

        StartTlsEcho(Served served, TlsServerOptions options) {
            super(served);
            this.options = options;
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            if (transport() instanceof TlsTransport) {
                served.told.add("something came by TLS");
                super.dataReceived(unread);
            } else if (unread.remaining() >= REQUEST.length()) {
                unread.position(unread.position() + REQUEST.length());
                transport().write("go\n".getBytes(StandardCharsets.US_ASCII));
                Tls.startTls(this, options);
            }
        }
    }

    /// Asks for TLS by a clear line, begins it, says `abccba`, which is the same from both ends, and waits for
    /// that.
    static final class StartTlsAsker extends Asker {
        private final TlsClientOptions options;

        StartTlsAsker(TlsClientOptions options, String until) {
            super("STARTTLS\n", until);
            this.options = options;
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            super.dataReceived(unread);
            if (text().equals("go\n")) {
                Tls.startTls(this, options).write("abccba\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /// Goes on sending when the peer has said that it sends no more, and then closes.
    static final class AnswersAfterTheEnd extends Echo implements HalfCloseable {
        private final ByteArrayOutputStream got = new ByteArrayOutputStream();

        AnswersAfterTheEnd(Served served) {
            super(served);
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            while (unread.hasRemaining()) {
                got.write(unread.get());
            }
        }

        @Override
        public void readConnectionLost() {
            transport()
                    .write(("after the end: " + got.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
            transport().loseConnection();
        }

        @Override
        public void writeConnectionLost() {
            // The answer is the end.
        }
    }

    // Our client

    /// Says something as soon as it can, and waits for the end of what comes back, or for `until` in it; then
    /// closes.
    Answer ask(TlsClientOptions options, int port, String question, String until) throws Exception {
        return begin(options, port, new Asker(question, until)).end();
    }

    /// Connects, and goes on by itself.
    <P extends Asker> P begin(TlsClientOptions options, int port, P asker) throws Exception {
        var tcp = new TcpClientEndpoint(live.reactor(), "127.0.0.1", port);
        return live.await(() -> Tls.wrapClient(tcp, options).connect(Factory.of(() -> asker)));
    }

    /// What a client of ours got.
    ///
    /// @param session null if the handshake was not through
    /// @param end why it ended
    record Answer(TlsSession session, String text, Failure end) {
        /// Class and message.
        String why() {
            return end.value().getClass().getSimpleName() + ": " + end.message();
        }
    }

    static class Asker extends Protocol {
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        final ByteArrayOutputStream got = new ByteArrayOutputStream();
        private final String question;
        private final String until;

        Asker(String question, String until) {
            this.question = question;
            this.until = until;
        }

        @Override
        public void connectionMade() {
            transport().write(question.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            while (unread.hasRemaining()) {
                got.write(unread.get());
            }
            if (!until.isEmpty() && text().contains(until)) {
                transport().loseConnection();
            }
        }

        /// What has come until now, on any thread.
        String text() {
            return got.toString(StandardCharsets.UTF_8);
        }

        /// Waits for the end of the connection.
        Answer end() throws Exception {
            return answer.get(TIME_LIMIT_SECONDS, TimeUnit.SECONDS);
        }

        void awaitText(String expected) throws Exception {
            Await.until(() -> text().contains(expected), () -> expected + " in " + text());
        }

        @Override
        public void connectionLost(Failure reason) {
            TlsSession session = transport() instanceof TlsTransport tls && tls.handshakeDone() ? tls.session() : null;
            answer.complete(new Answer(session, text(), reason));
        }
    }

    // openssl

    /// `openssl s_client` towards a server of ours, with our authority as its only trust.
    Dialogue sClient(Served served, String... more) throws Exception {
        var command = new ArrayList<>(List.of("openssl", "s_client", "-connect", served.target()));
        command.addAll(List.of("-CAfile", roots(), "-verify_return_error"));
        command.addAll(List.of(more));
        return Dialogue.with(command);
    }

    /// `openssl s_server` and where it listens.
    SServer sServer(TlsIdentity identity, String... more) throws Exception {
        String pem = pem("s_server.pem", identity);
        var command =
                new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", pem, "-key", pem));
        command.addAll(List.of(more));
        Dialogue dialogue = Dialogue.with(command);
        String line = dialogue.expect("ACCEPT ").restOfLine();
        return new SServer(dialogue, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
    }

    /// @param dialogue to type and to expect
    record SServer(Dialogue dialogue, int port) implements AutoCloseable {
        @Override
        public void close() {
            dialogue.close();
        }
    }

    @Override
    public void close() {
        live.close();
    }
}
