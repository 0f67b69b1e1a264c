package bowline.tls.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ServerEndpoint;
import bowline.reactor.Reactor;
import bowline.tls.TlsProviders;
import bowline.tls.engine.TlsProvider.Feature;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can be written behind `tls:` and `ssl:`, and what is wrong with the rest.
class TlsStringsTest {
    private final Reactor reactor = Reactor.create("nio");

    @TempDir
    private Path folder;

    private Path pem;
    private Path roots;

    @BeforeEach
    void makeFiles() {
        var files = new TlsFiles(folder);
        pem = files.server("certs/localhost.pem", "localhost", "127.0.0.1");
        roots = files.roots();
        files.write("empty/readme.txt", "nothing here");
        files.write("broken/host.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    }

    @AfterEach
    void close() {
        reactor.callWhenRunning(reactor::stop);
        reactor.run(false);
    }

    private ServerEndpoint server(String description) {
        return ServerEndpoint.of(reactor, filled(description));
    }

    private ClientEndpoint client(String description) {
        return ClientEndpoint.of(reactor, filled(description));
    }

    private String filled(String description) {
        return description
                .replace("CERTS", pem.getParent().toString())
                .replace("PEM", pem.toString())
                .replace("ROOTS", roots.toString())
                .replace("DIR", folder.toString());
    }

    @Test
    @DisplayName("END-8: a number in front is the port, anything else is the folder")
    void serversOfTls() {
        assertEquals("tls:tcp:443", server("tls:CERTS").toString());
        assertEquals("tls:tcp:8443", server("tls:8443:certificates=CERTS").toString());
        assertEquals("tls:tcp:8443", server("tls:CERTS:8443").toString());
        assertEquals(
                "tls:tcp:443:interface=\\:\\:",
                server("tls:CERTS:port=443:interface=\\:\\::backlog=9").toString());
        assertEquals(
                "tls:tcp:1:interface=127.0.0.1",
                server("tls:1:127.0.0.1:5:certificate=PEM").toString());
        assertEquals(
                "tls:tcp:1",
                server("tls:1:certificate=PEM:key=PEM:minimum=1.3:alpn=h2,x").toString());
        assertEquals(
                "tls:tcp:1", server("TLS:1:self-signed=localhost,127.0.0.1").toString());
        assertEquals("tls:tcp:1", server("tls:1:self-signed=").toString());
        assertEquals(
                "tls:unix:/run/x", server("tls:CERTS:endpoint=unix\\:/run/x").toString());
        assertEquals("tls:fd:3", server("tls:endpoint=fd\\:3:self-signed=").toString());
        assertEquals(
                "tls:tcp:1",
                server("tls:1:certificates=CERTS:default=localhost:clients=ROOTS:clientAuth=wanted")
                        .toString());
    }

    @Test
    @DisplayName("TLS-16: keylog= names a file for secrets, where the implementation can tell them")
    void keyLogs() {
        boolean can = !TlsProviders.best().lacks().contains(Feature.KEY_LOG);
        var wrong = Map.of(
                "tls:443:certificates=CERTS:keylog=DIR/none/k",
                can ? "its keylog cannot be written" : "cannot tell its secrets");
        refused(wrong, this::server);
        if (can) {
            assertEquals(
                    "tls:tcp:1",
                    server("tls:1:certificates=CERTS:keylog=DIR/keys.log").toString());
        }
    }

    @Test
    @DisplayName("HAP-1: the PROXY header is below TLS, wherever it is written")
    void headersBelow() {
        assertEquals("tls:haproxy:tcp:443", server("haproxy:tls:CERTS").toString());
        assertEquals(
                "tls:haproxy:tcp:443",
                server("tls:CERTS:endpoint=haproxy\\:tcp\\:443").toString());
        assertEquals(
                "tls:haproxy:tcp:a:443",
                client("haproxy:tls:a:443:trustRoots=ROOTS").toString());
    }

    @Test
    @DisplayName("END-8, TLS-15: what is wrong with a server's description is told when it is parsed")
    void wrongServersOfTls() {
        var wrong = new LinkedHashMap<String, String>();
        wrong.put("tls", "it has no port");
        wrong.put("tls:443", "it does not say who the server is; give one of certificates=FOLDER");
        wrong.put("tls:443:certificates=CERTS:self-signed=x", "it has certificates= and self-signed= at once");
        wrong.put("tls:443:certificates=", "its certificates is empty");
        wrong.put("tls:99999:certificates=CERTS", "its port \"99999\" is not a whole number from 0 to 65535");
        wrong.put("tls:443:certificates=DIR/nowhere", "nowhere");
        wrong.put("tls:DIR/empty", "no certificate to serve with in " + folder + "/empty: there is none");
        wrong.put("tls:DIR/broken", "host.pem");
        wrong.put("tls:443:certificate=ROOTS", "there is no private key in it");
        wrong.put("tls:443:certificate=PEM:default=x", "default= belongs to certificates=, not to certificate=");
        wrong.put("tls:443:certificates=CERTS:key=PEM", "key= belongs to certificate=, not to certificates=");
        wrong.put("tls:443:certificates=CERTS:clientAuth=wanted", "clientAuth= says nothing without clients=FILE");
        wrong.put("tls:443:certificates=CERTS:clients=ROOTS:clientAuth=no", "neither required nor wanted");
        wrong.put("tls:443:certificates=CERTS:clients=DIR/nobody.pem", "nobody.pem");
        wrong.put("tls:443:certificates=CERTS:minimum=TLSv1.1", "its minimum \"TLSv1.1\" is older than what is safe");
        wrong.put("tls:443:certificates=CERTS:maximum=TLSv9", "its maximum \"TLSv9\" is no version of TLS");
        wrong.put("tls:443:certificates=CERTS:minimum=1.3:maximum=1.2", "TLSv1.3, is above the highest, TLSv1.2");
        wrong.put("tls:443:certificates=CERTS:alpn=a,,b", "has nothing between two commas");
        wrong.put("tls:443:certificates=CERTS:alpn=a b", "is no name of a protocol");
        wrong.put("tls:443:certificates=CERTS:endpoint=tcp\\:1", "its port and its endpoint both say");
        wrong.put("tls:443:certificates=CERTS:colour=red", "it has an unknown argument colour=");
        wrong.put("tls:443:x:1:y:self-signed=", "it has 4 arguments without a name, where there can be 3");
        wrong.put("tls:endpoint=pigeon\\:1:self-signed=", "there are no server endpoints of type \"pigeon\"");
        wrong.put("tls:443:self-signed=a b", "neither the name of a host nor an address");
        refused(wrong, this::server);
    }

    @Test
    @DisplayName(
            "END-8: Twisted's ssl: for servers; old methods are refused, and so are parameters that would mean nothing")
    void serversOfSsl() {
        assertEquals("tls:tcp:443", server("ssl:443:PEM").toString());
        assertEquals(
                "tls:tcp:443:interface=127.0.0.1",
                server("ssl:443:privateKey=PEM:certKey=PEM:sslmethod=TLSv1_2_METHOD:interface=127.0.0.1:backlog=5")
                        .toString());
        assertEquals(
                "tls:tcp:443", server("ssl:443:PEM:sslmethod=SSLv23_METHOD").toString());
        var wrong = new LinkedHashMap<String, String>();
        wrong.put("ssl:443:PEM:sslmethod=SSLv3_METHOD", "its sslmethod \"SSLv3_METHOD\" is older than what is safe");
        wrong.put("ssl:443:PEM:sslmethod=TLSv1", "is older than what is safe");
        wrong.put("ssl:443:PEM:sslmethod=QUIC", "is no version of TLS");
        wrong.put("ssl:443:PEM:dhParameters=dh.pem", "keys are agreed upon by elliptic curves only");
        wrong.put("ssl:443", "server.pem");
        wrong.put("ssl:PEM", "is not a whole number from 0 to 65535");
        refused(wrong, this::server);
    }

    @Test
    @DisplayName("END-9, TLS-15: clients")
    void clients() {
        assertEquals(
                "tls:tcp:example.com:443",
                client("tls:example.com:443:trustRoots=ROOTS").toString());
        assertEquals(
                "tls:tcp:192.0.2.1:1",
                client("tls:192.0.2.1:1:hostname=localhost:trustRoots=DIR").toString());
        assertEquals(
                "tls:unix:/run/x",
                client("tls:localhost:endpoint=unix\\:/run/x:trustRoots=ROOTS").toString());
        assertEquals(
                "tls:unix:/run/x",
                client("tls:hostname=me:endpoint=unix\\:/run/x:trustRoots=ROOTS")
                        .toString());
        assertEquals(
                "tls:tcp:a:1",
                client("tls:host=a:port=1:timeout=5:bindAddress=127.0.0.1:trustRoots=ROOTS")
                        .toString());
        assertEquals(
                "tls:tcp:a:1", client("ssl:a:1:hostname=b:caCertsDir=ROOTS").toString());
        var wrong = new LinkedHashMap<String, String>();
        wrong.put("tls", "it has no host");
        wrong.put("tls:a:1:5:trustRoots=ROOTS", "it has 3 arguments without a name, where there can be 2");
        wrong.put("tls:a:1:trustRoots=DIR/nobody.pem", "nobody.pem");
        wrong.put("tls:a:1:certificate=PEM:trustRoots=ROOTS", "localhost.pem");
        wrong.put("tls:a:1:pin=abc", "is no pin of a key");
        wrong.put("tls:a b:1:trustRoots=ROOTS", "neither the name of a host nor an address");
        wrong.put("tls:a:1:insecure-trust-anybody=1:trustRoots=ROOTS", "who trusts anybody has no use for trustRoots=");
        wrong.put("tls:a:1:insecure-trust-anybody=yes", "is not a whole number from 0 to 1");
        wrong.put("tls:a:1:insecure=1", "it has an unknown argument insecure=");
        wrong.put("tls:a:endpoint=tcp\\:a\\:1:timeout=5", "timeout= belongs into the description that endpoint= has");
        wrong.put("ssl:a:1:caCertsDir=DIR/empty", "no file in it ends in .pem");
        refused(wrong, this::client);
    }

    private interface Parse {
        Object parse(String description);
    }

    private static void refused(Map<String, String> wrong, Parse parse) {
        wrong.forEach((description, complaint) -> {
            var error = assertThrows(IllegalArgumentException.class, () -> parse.parse(description), description);
            assertThat(error.getMessage())
                    .as(description)
                    .startsWith("endpoint \"")
                    .contains(complaint);
        });
    }
}
