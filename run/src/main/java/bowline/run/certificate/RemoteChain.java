package bowline.run.certificate;

import bowline.failure.Failure;
import bowline.tls.certificate.ReferenceIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// What a server shows in a handshake. It is believed for as long as that takes, for it is to be looked at, bad
/// ones too; nothing is sent to it afterwards.
///
/// @param chain its own first
/// @param staple the OCSP response that came with it; null if none did
/// @param spoken version and cipher suite; or why the handshake did not come to its end
@SuppressWarnings("ArrayRecordComponent") // never compared
record RemoteChain(List<X509Certificate> chain, byte @Nullable [] staple, String spoken) {

    /// Connects, shakes hands, and hangs up.
    ///
    /// @param who is asked for, by SNI if it is a name
    /// @param patience for all of it
    /// @throws IOException if there is no server, it speaks no TLS, or it takes too long
    static RemoteChain of(String host, int port, ReferenceIdentity who, Duration patience) throws IOException {
        try (var plain = new Socket()) {
            var looking = new FutureTask<>(() -> look(plain, host, port, who));
            Thread.ofVirtual().name("handshake with " + host).start(looking);
            return looking.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new SocketTimeoutException("no handshake within " + patience.toMillis() + " ms");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException broken ? broken : new IOException(failed.getCause());
        }
    }

    private static RemoteChain look(Socket plain, String host, int port, ReferenceIdentity who)
            throws IOException, GeneralSecurityException {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("there is no host " + host);
        }
        plain.connect(address);
        var witness = new Witness();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {witness}, null);
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            String name = who.serverName();
            parameters.setServerNames(name == null ? List.of() : List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            return told(socket, witness);
        }
    }

    private static RemoteChain told(SSLSocket socket, Witness witness) throws IOException {
        try {
            socket.startHandshake();
        } catch (IOException refused) {
            if (witness.seen.isEmpty()) {
                throw refused;
            }
            return new RemoteChain(
                    witness.seen,
                    null,
                    "the handshake failed: " + Failure.of(refused).message());
        }
        SSLSession session = socket.getSession();
        List<byte[]> staples =
                session instanceof ExtendedSSLSession extended ? extended.getStatusResponses() : List.of();
        return new RemoteChain(
                witness.seen,
                staples.isEmpty() || staples.getFirst().length == 0 ? null : staples.getFirst(),
                session.getProtocol() + ", " + session.getCipherSuite());
    }

    /// Sees what is shown and says yes.
    private static final class Witness extends X509ExtendedTrustManager {
        private volatile List<X509Certificate> seen = List.of();

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            seen = List.of(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            seen = List.of(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            seen = List.of(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
            throw notAServer();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            throw notAServer();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw notAServer();
        }

        private static IllegalStateException notAServer() {
            return new IllegalStateException("this end is the client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
