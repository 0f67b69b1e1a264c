package bowline.bench.tls;

import bowline.bench.server.KnownPort;
import bowline.bench.server.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// nginx as one process. It greets by the `return` of its stream module, which also closes the connection; it sends a
/// file of one block, and receives the body of a request that it does not want. It cannot echo.
final class Nginx {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path STREAMS = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");

    private Nginx() {}

    /// Its command, and the configuration in a file.
    ///
    /// @throws IllegalStateException if it is not installed
    static Program program(Duty duty, Identity identity) {
        if (!Files.exists(NGINX) || !Files.exists(STREAMS)) {
            throw new IllegalStateException(
                    "it is not installed (on Debian: apt-get install nginx-light libnginx-mod-stream)");
        }
        Path folder = Identity.FOLDER.resolve("nginx-" + (duty + "-" + identity).toLowerCase(Locale.ROOT));
        try {
            Files.createDirectories(folder.resolve("www"));
            int port = KnownPort.free();
            Files.write(folder.resolve("www/block"), new byte[Duty.BLOCK_BYTES]);
            Files.writeString(folder.resolve("nginx.conf"), configuration(duty, identity, port, folder));
            return new Program(
                    "nginx",
                    // It has no input whose end would tell it that we are gone.
                    List.of(
                            "setpriv",
                            "--pdeathsig",
                            "TERM",
                            NGINX.toString(),
                            "-p",
                            folder.toString(),
                            "-c",
                            "nginx.conf",
                            "-e",
                            "error.log"),
                    port);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String configuration(Duty duty, Identity identity, int port, Path folder) {
        return """
                load_module %s;
                daemon off;
                master_process off;
                pid %s/pid;
                error_log error.log crit;
                worker_rlimit_nofile 100000;
                events { worker_connections 90000; }
                %s
                """.formatted(STREAMS, folder, duty == Duty.GREET ? streams(identity, port) : site(identity, port));
    }

    private static String streams(Identity identity, int port) {
        return """
                stream {
                    server {
                        listen 127.0.0.1:%d ssl backlog=4096;
                        %s
                        return "!";
                    }
                }""".formatted(port, tls(identity));
    }

    private static String site(Identity identity, int port) {
        return """
                http {
                    access_log off;
                    open_file_cache max=10;
                    keepalive_requests 1000000000;
                    keepalive_timeout 1h;
                    client_header_timeout 1h;
                    client_max_body_size 0;
                    server {
                        listen 127.0.0.1:%d ssl backlog=4096;
                        %s
                        root www;
                        location /discard { return 200; }
                    }
                }""".formatted(port, tls(identity));
    }

    private static String tls(Identity identity) {
        return """
                ssl_certificate %s;
                ssl_certificate_key %s;
                ssl_protocols TLSv1.3;
                ssl_ecdh_curve X25519;
                ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;
                ssl_session_tickets on;""".formatted(identity.certificate(), identity.key());
    }
}
