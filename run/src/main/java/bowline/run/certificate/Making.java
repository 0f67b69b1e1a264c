package bowline.run.certificate;

import bowline.service.ServiceArguments;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.IdentityReader;
import bowline.tls.certificate.KeyKind;
import bowline.tls.certificate.PrivateAuthority;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.certificate.UnusableMaterial;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What the commands that make something have in common.
///
/// @param random where random bits come from
/// @param times what time it is
record Making(Supplier<SecureRandom> random, InstantSource times) {
    private static final String KEY = "key";
    private static final String DAYS = "days";
    private static final String OUT = "out";
    private static final String FORCE = "force";
    private static final String AUTHORITY = "authority";
    private static final String PASSPHRASE_FILE = "passphrase-file";
    private static final int DAYS_MAX = 36_500;

    static final ServiceOption KEY_OPTION =
            ServiceOption.value(KEY, "KIND", "The kind of key: " + kinds()).defaultsTo(KeyKind.EC_P256.title());
    static final ServiceOption OUT_OPTION = ServiceOption.value(
            OUT, "PATH", "Write PATH.pem, for everybody, and PATH.key, for you alone. Default: by the name");
    static final ServiceOption FORCE_OPTION = ServiceOption.flag(FORCE, "Write over files that are there");
    static final ServiceOption AUTHORITY_OPTION = ServiceOption.value(
                    AUTHORITY, "PATH", "Who signs: the authority of PATH.pem and PATH.key")
            .defaultsTo(AUTHORITY);
    static final ServiceOption PASSPHRASE_OPTION = ServiceOption.value(
            PASSPHRASE_FILE, "FILE", "Where the passphrase of an encrypted key is, in the first line");

    static ServiceOption days(Duration usual) {
        return ServiceOption.value(DAYS, "NUMBER", "For how many days it is good")
                .defaultsTo("" + usual.toDays());
    }

    private static String kinds() {
        return Arrays.stream(KeyKind.values()).map(KeyKind::title).collect(Collectors.joining(", "));
    }

    CertificateMaker maker(ServiceArguments arguments) {
        return new CertificateMaker(random.get(), times::instant)
                .keys(kind(arguments))
                .validity(Duration.ofDays(arguments.integer(DAYS, 1, DAYS_MAX)));
    }

    private static KeyKind kind(ServiceArguments arguments) {
        String title = arguments.string(KEY);
        try {
            return KeyKind.named(title);
        } catch (IllegalArgumentException unknown) {
            throw arguments.refusal(KEY, title, "no kind of key", "write one of " + kinds());
        }
    }

    /// Who signs, as the options say.
    PrivateAuthority authority(ServiceArguments arguments) throws UnusableMaterial {
        Path prefix = arguments.path(AUTHORITY);
        IdentityReader reader = IdentityReader.ofAuthority(times::instant);
        if (arguments.has(PASSPHRASE_FILE)) {
            reader = reader.passphraseOf(arguments.path(PASSPHRASE_FILE));
        }
        TlsIdentity identity = reader.read(OutputFiles.certificate(prefix), OutputFiles.key(prefix));
        return new PrivateAuthority(identity, maker(arguments));
    }

    /// Makes it, and writes it to two files.
    ///
    /// @param usual what the files are called if the options do not say
    int write(ServiceArguments arguments, String usual, Supplier<TlsIdentity> make, PrintStream out, PrintStream err)
            throws IOException {
        Path prefix = arguments.has(OUT) ? arguments.path(OUT) : Path.of(usual);
        var files = new OutputFiles(prefix, arguments.flag(FORCE));
        files.checkFree();
        if (kind(arguments).isSlow()) {
            err.println("making a key of the kind " + arguments.string(KEY) + ", which takes some seconds ...");
        }
        TlsIdentity identity = named(make);
        files.write(identity);
        out.println(
                OutputFiles.certificate(prefix) + "  certificate of " + ChainReport.headline(identity.certificate()));
        out.println(OutputFiles.key(prefix) + "  its private key; keep it to yourself");
        return 0;
    }

    private static TlsIdentity named(Supplier<TlsIdentity> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException unfit) {
            throw new UsageError(
                    String.valueOf(unfit.getMessage()),
                    "names are hosts, as in www.example.com or *.example.com, and addresses, as in 192.0.2.1");
        }
    }

    /// The files of one who is called so: `*` is nothing for a shell.
    static String fileName(String name) {
        var plain = new StringBuilder();
        name.replace("*", "wildcard")
                .codePoints()
                .forEach(c -> plain.appendCodePoint(Character.isLetterOrDigit(c) || "-_.@".indexOf(c) >= 0 ? c : '_'));
        return plain.charAt(0) == '.' ? "_" + plain : plain.toString();
    }

    /// All words together, one at least.
    static String first(List<String> words, String what, String example) {
        if (words.isEmpty()) {
            throw new UsageError(what, example);
        }
        return words.getFirst();
    }
}
