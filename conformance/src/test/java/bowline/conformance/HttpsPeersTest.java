package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.endpoint.ClientEndpoint;
import bowline.junit.Program;
import bowline.run.Main;
import bowline.tls.TlsError;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.CertificateReader;
import bowline.tls.certificate.IdentityReader;
import bowline.tls.certificate.PrivateAuthority;
import bowline.web.client.Agent;
import bowline.web.client.AgentOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTPS between us and others: curl and the JDK's client before `bowline web`, our client before Python and nginx.
class HttpsPeersTest {
    private static final int LARGE_BYTES = 5_000_000;

    private final PrivateAuthority authority =
            new CertificateMaker(new SecureRandom(), Instant::now).authority("Conformance");

    @TempDir
    private Path folder;

    private Path roots;
    private Path pem;
    private Path site;

    @BeforeEach
    void makeFiles() throws Exception {
        roots = Files.writeString(folder.resolve("roots.pem"), CertificateReader.pem(List.of(authority.certificate())));
        pem = Files.writeString(
                folder.resolve("server.pem"), IdentityReader.pem(authority.server("localhost", "127.0.0.1")));
        site = Files.createDirectory(folder.resolve("site"));
        Files.writeString(site.resolve("hello.txt"), "hello, world\n");
        var large = new byte[LARGE_BYTES];
        new Random(12).nextBytes(large);
        Files.write(site.resolve("large.bin"), large);
    }

    private Program web(String... more) throws Exception {
        String[] words = new String[7 + more.length];
        System.arraycopy(
                new String[] {
                    "--log-format", "text", "web", "--path", site.toString(), "--listen", "tcp:0:interface=127.0.0.1"
                },
                0,
                words,
                0,
                7);
        System.arraycopy(more, 0, words, 7, more.length);
        return Program.start(Main.class, words);
    }

    @Test
    @DisplayName("curl, which verifies us, gets files whole; a request to another name is refused by it, not by us")
    void curl() throws Exception {
        Foreign.require("curl");
        try (Program server = web("--tls", pem.toString())) {
            String root = "https://localhost:" + server.port();
            for (String version : List.of("--tlsv1.3", "--tls-max=1.2")) {
                String[] option = version.split("=", -1);
                var command = new ArrayList<>(
                        List.of("curl", "-sS", "--max-time", "30", "--cacert", roots.toString(), root + "/large.bin"));
                command.addAll(List.of(option));
                assertArrayEquals(
                        Files.readAllBytes(site.resolve("large.bin")),
                        Foreign.run(command.toArray(String[]::new)).out());
            }
            var refused = Foreign.run("curl", "-sS", "--max-time", "30", root + "/hello.txt");
            assertThat(refused.exitCode()).isEqualTo(60);
        }
    }

    @Test
    @DisplayName("--tls self-signed: curl takes it by its pin, and the log tells where, and the fingerprint")
    void selfSigned() throws Exception {
        Foreign.require("curl");
        try (Program server = web("--tls", "self-signed")) {
            String place = server.await(
                            "https://127\\.0\\.0\\.1:(\\d+) with the certificate for localhost.* SHA-256 ([0-9A-F:]{95})")
                    .group(1);
            var page = Foreign.run("curl", "-sSk", "--max-time", "30", "https://localhost:" + place + "/hello.txt");
            assertEquals("hello, world\n", page.text());
        }
    }

    @Test
    @DisplayName("the JDK's HttpClient, which offers h2 first, agrees upon http/1.1")
    void javaClient() throws Exception {
        try (Program server = web("--tls", pem.toString());
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting()).build()) {
            URI uri = URI.create("https://localhost:" + server.port() + "/large.bin");
            HttpResponse<byte[]> response =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());

            assertEquals(HttpClient.Version.HTTP_1_1, response.version());
            assertArrayEquals(Files.readAllBytes(site.resolve("large.bin")), response.body());
        }
    }

    private SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ours", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private AgentOptions options() {
        return AgentOptions.DEFAULT.tls(tls -> tls.trust(authority.trust()));
    }

    @Test
    @DisplayName("our client fetches pages of Python's ssl and http.server; one that nobody vouches for is refused")
    void python() throws Exception {
        String python = Foreign.python("ssl", "http.server");
        String script = """
                import http.server, functools, ssl, sys
                handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1])
                server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(sys.argv[2])
                server.socket = context.wrap_socket(server.socket, server_side=True)
                print("port", server.server_address[1], flush=True)
                server.serve_forever()
                """;
        Process server = new ProcessBuilder(python, "-c", script, site.toString(), pem.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var live = new LiveReactor()) {
            String port = server.inputReader().readLine().substring("port ".length());
            URI page = URI.create("https://localhost:" + port + "/hello.txt");
            Agent agent = live.call(() -> new Agent(live.reactor(), options()));
            assertEquals("hello, world\n", live.await(() -> agent.getPage(page)));
            Path copy = folder.resolve("copy.bin");
            assertEquals(LARGE_BYTES, live.await(() -> agent.downloadPage(page.resolve("large.bin"), copy)));
            assertEquals(-1, Files.mismatch(copy, site.resolve("large.bin")));

            Agent doubting = live.call(() -> new Agent(live.reactor()));
            assertThatThrownBy(() -> live.await(() -> doubting.getPage(page))).isInstanceOf(TlsError.class);
            live.call(() -> {
                agent.close();
                doubting.close();
                return "closed";
            });
        } finally {
            server.destroy();
        }
    }

    @Test
    @DisplayName("our client fetches pages of nginx, over a UNIX socket, by one connection that is kept")
    void nginx() throws Exception {
        Path program = Path.of("/usr/sbin/nginx");
        assumeTrue(Files.isExecutable(program), program + " is not installed");
        Path socket = folder.resolve("nginx.socket");
        Path conf = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off; master_process off; pid FOLDER/nginx.pid; error_log FOLDER/error.log;
                events {}
                http {
                    access_log off;
                    client_body_temp_path FOLDER/t1; proxy_temp_path FOLDER/t2; fastcgi_temp_path FOLDER/t3;
                    uwsgi_temp_path FOLDER/t4; scgi_temp_path FOLDER/t5;
                    server {
                        listen unix:FOLDER/nginx.socket ssl;
                        server_name localhost;
                        ssl_certificate FOLDER/server.pem;
                        ssl_certificate_key FOLDER/server.pem;
                        root FOLDER/site;
                    }
                }
                """.replace("FOLDER", folder.toString()));
        Process server = new ProcessBuilder(
                        program.toString(), "-e", folder.resolve("early.log").toString(), "-c", conf.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start();
        try (var live = new LiveReactor()) {
            Agent agent = live.call(() -> new Agent(
                    live.reactor(), options(), (_, _) -> ClientEndpoint.of(live.reactor(), "unix:" + socket)));
            URI page = URI.create("https://localhost/hello.txt");
            awaitSocket(server, socket);
            assertEquals("hello, world\n", live.await(() -> agent.getPage(page)));
            Path copy = folder.resolve("copy.bin");
            assertEquals(LARGE_BYTES, live.await(() -> agent.downloadPage(page.resolve("large.bin"), copy)));
            assertEquals(-1, Files.mismatch(copy, site.resolve("large.bin")));
            live.call(() -> {
                agent.close();
                return "closed";
            });
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private void awaitSocket(Process server, Path socket) throws Exception {
        long end = System.nanoTime() + Foreign.TIME_LIMIT.toNanos();
        while (!Files.exists(socket) && server.isAlive() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(socket)
                .as("%s", Files.readString(folder.resolve("nginx.out")))
                .exists();
    }
}
