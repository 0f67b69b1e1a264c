package bowline.run.certificate;

import bowline.failure.Failure;
import bowline.service.Command;
import bowline.service.ServiceArguments;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import bowline.tls.certificate.CertificateReader;
import bowline.tls.certificate.CertificateWords;
import bowline.tls.certificate.ClientVerifier;
import bowline.tls.certificate.PeerVerifier;
import bowline.tls.certificate.Purpose;
import bowline.tls.certificate.ReferenceIdentity;
import bowline.tls.certificate.ServerVerifier;
import bowline.tls.certificate.TrustRoots;
import bowline.tls.certificate.UnusableMaterial;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `bowline certificate show`: a chain, out of a file or from a server, and whether it would be believed.
record ShowCommand(InstantSource times) implements Command {
    private static final String TRUST = "trust";
    private static final String EXPECT = "expect";
    private static final String FOR = "for";
    private static final String PATIENCE = "patience";

    private static final int GOOD = 0;
    private static final int BAD = 1;
    private static final int UNAVAILABLE = 69;
    private static final int PORT_MAX = 65_535;

    @Override
    public String name() {
        return "show";
    }

    @Override
    public String summary() {
        return "Show the certificates in a file or of a server, and whether they would be believed, and if not, why";
    }

    @Override
    public String words() {
        return "FILE|HOST:PORT";
    }

    @Override
    public List<ServiceOption> options() {
        return List.of(
                ServiceOption.value(
                                TRUST,
                                "PATH",
                                "A file or a folder with authorities to be trusted. Default: whom the system trusts")
                        .repeats(),
                ServiceOption.value(
                        EXPECT, "NAME", "Whom it shall be for. Default: the host, or the first name in the file"),
                ServiceOption.value(FOR, "server|client", "What it shall be good for")
                        .defaultsTo(Purpose.SERVER.title()),
                ServiceOption.value(PATIENCE, "TIME", "How long a server may take")
                        .defaultsTo("10s"));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "bowline certificate show www.example.com:443",
                "bowline certificate show [::1]:8443 --expect localhost --trust authority.pem",
                "bowline certificate show alice@example.com.pem --for client --trust authority.pem");
    }

    /// 0 if it would be believed, 1 if not.
    @Override
    public int run(ServiceArguments arguments, List<String> words, PrintStream out, PrintStream err) {
        if (words.size() != 1) {
            throw new UsageError(
                    words.isEmpty() ? "what is to be shown?" : "one thing at a time, not " + words,
                    "bowline certificate show server.pem, or www.example.com:443");
        }
        Purpose purpose = purpose(arguments);
        return Told.by(err, () -> show(words.getFirst(), arguments, purpose, out, err));
    }

    private static Purpose purpose(ServiceArguments arguments) {
        return switch (arguments.string(FOR)) {
            case "server" -> Purpose.SERVER;
            case "client" -> Purpose.CLIENT;
            default ->
                throw arguments.refusal(FOR, arguments.string(FOR), "no purpose known here", "write server or client");
        };
    }

    private int show(String target, ServiceArguments arguments, Purpose purpose, PrintStream out, PrintStream err)
            throws UnusableMaterial {
        Path file = file(target);
        int colon = target.lastIndexOf(':');
        if (file != null && (Files.exists(file) || colon < 1)) {
            List<X509Certificate> chain = CertificateReader.file(file);
            return judge(chain, null, purpose, expected(arguments, chain.getFirst()), arguments, out);
        }
        String host = target.substring(0, Math.max(colon, 0));
        ReferenceIdentity server = identity("TARGET", host);
        ReferenceIdentity expected = arguments.has(EXPECT) ? identity("--" + EXPECT, arguments.string(EXPECT)) : server;
        RemoteChain remote;
        try {
            remote = RemoteChain.of(bare(host), port(target.substring(colon + 1)), expected, patience(arguments));
        } catch (IOException unreachable) {
            err.println("bowline: cannot look at " + target + ": "
                    + Failure.of(unreachable).message());
            return UNAVAILABLE;
        }
        out.println(target + ": " + remote.spoken() + (remote.staple() == null ? "" : ", with an OCSP response"));
        return judge(remote.chain(), remote.staple(), Purpose.SERVER, expected, arguments, out);
    }

    private static @Nullable Path file(String target) {
        try {
            return Path.of(target);
        } catch (InvalidPathException none) {
            return null;
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String digits) {
        try {
            int port = Integer.parseInt(digits);
            if (port > 0 && port <= PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw new UsageError(
                "\"" + digits + "\" is no port, and there is no such file", "write a number from 1 to " + PORT_MAX);
    }

    private static Duration patience(ServiceArguments arguments) {
        Duration patience = arguments.duration(PATIENCE);
        if (!patience.isPositive()) {
            throw arguments.refusal(PATIENCE, arguments.string(PATIENCE), "no time at all", "write 10s, for example");
        }
        return patience;
    }

    private static ReferenceIdentity identity(String where, String name) {
        try {
            return ReferenceIdentity.of(name);
        } catch (IllegalArgumentException none) {
            throw new UsageError(
                    where + ": " + none.getMessage(),
                    "write a file that is there, or as in www.example.com:443 or [::1]:443");
        }
    }

    /// For whom a certificate in a file is, where nobody has said it.
    private static @Nullable ReferenceIdentity expected(ServiceArguments arguments, X509Certificate own) {
        if (arguments.has(EXPECT)) {
            return identity("--" + EXPECT, arguments.string(EXPECT));
        }
        for (String name : CertificateWords.hosts(own)) {
            try {
                return ReferenceIdentity.of(name.startsWith("*.") ? "any" + name.substring(1) : name);
            } catch (IllegalArgumentException strange) {
                // No name that anybody could ask for.
            }
        }
        return null;
    }

    private int judge(
            List<X509Certificate> chain,
            byte @Nullable [] staple,
            Purpose purpose,
            @Nullable ReferenceIdentity expected,
            ServiceArguments arguments,
            PrintStream out)
            throws UnusableMaterial {
        new ChainReport(out, times.instant()).tell(chain);
        out.println();
        if (expected == null && purpose == Purpose.SERVER) {
            out.println("It has no name of a server, so nobody would believe that it is one.");
            return chain.getFirst().getBasicConstraints() >= 0 ? GOOD : BAD;
        }
        TrustRoots roots = roots(arguments);
        PeerVerifier verifier = purpose == Purpose.CLIENT || expected == null
                ? new ClientVerifier(roots, times::instant)
                : new ServerVerifier(roots, expected, times::instant);
        try {
            verifier.verify(chain, staple);
        } catch (CertificateException refused) {
            out.println("NOT BELIEVED: " + refused.getMessage());
            return BAD;
        }
        out.println("Believed, as a " + purpose.title() + (purpose == Purpose.CLIENT ? "" : " for " + expected)
                + ", by those who trust " + roots + ".");
        return GOOD;
    }

    private static TrustRoots roots(ServiceArguments arguments) throws UnusableMaterial {
        TrustRoots all = null;
        for (String text : arguments.list(TRUST)) {
            Path path = Path.of(text);
            TrustRoots roots = Files.isDirectory(path) ? TrustRoots.directory(path) : TrustRoots.pemFile(path);
            all = all == null ? roots : all.and(roots);
        }
        return all == null ? TrustRoots.platform() : all;
    }
}
