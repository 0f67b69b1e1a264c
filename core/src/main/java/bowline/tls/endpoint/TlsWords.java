package bowline.tls.endpoint;

import bowline.endpoint.EndpointArguments;
import bowline.failure.Failure;
import bowline.tls.KeyLogFile;
import bowline.tls.certificate.IdentityReader;
import bowline.tls.certificate.KeyPin;
import bowline.tls.certificate.PinnedKeys;
import bowline.tls.certificate.Purpose;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.certificate.Trust;
import bowline.tls.certificate.TrustRoots;
import bowline.tls.certificate.UnusableMaterial;
import bowline.tls.engine.TlsProvider;
import bowline.tls.engine.TlsProvider.Feature;
import bowline.tls.engine.TlsVersion;
import bowline.tls.engine.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the arguments that several types have in common. Whatever is wrong with a file is told as a refusal of the
/// whole description, when it is parsed (TLS-15).
record TlsWords(EndpointArguments arguments) {
    /// What `trustRoots=` says for those whom the system trusts.
    static final String PLATFORM = "platform";

    /// Longest name of an application protocol (RFC 7301 §3.1).
    private static final int PROTOCOL_MAX_BYTES = 255;

    /// Words between commas, none of them empty.
    List<String> list(String parameter) {
        String text = arguments.textOrNull(parameter);
        if (text == null) {
            return List.of();
        }
        List<String> words = List.of(text.split(",", -1));
        if (words.stream().anyMatch(String::isBlank)) {
            throw arguments.refusal("its " + parameter + " \"" + text + "\" has nothing between two commas");
        }
        return words.stream().map(String::strip).toList();
    }

    /// The protocols of `alpn=`, the preferred one first (TLS-7).
    List<String> applicationProtocols() {
        List<String> names = list("alpn");
        for (String name : names) {
            if (name.length() > PROTOCOL_MAX_BYTES || !name.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                throw arguments.refusal(
                        "its alpn \"" + name + "\" is no name of a protocol, which is ASCII, as in alpn=h2,http/1.1");
            }
        }
        return names;
    }

    /// The versions between `minimum=` and `maximum=` (TLS-6).
    Versions versions() {
        Versions usual = Versions.DEFAULT;
        try {
            return new Versions(version("minimum", usual.lowest()), version("maximum", usual.highest()));
        } catch (IllegalArgumentException crossed) {
            throw arguments.refusal(String.valueOf(crossed.getMessage()));
        }
    }

    private TlsVersion version(String parameter, TlsVersion usual) {
        String text = arguments.textOrNull(parameter);
        if (text == null) {
            return usual;
        }
        TlsVersion version = VersionNames.read(text);
        if (version == null) {
            throw arguments.refusal("its " + parameter + " \"" + text + "\" is " + VersionNames.complaint(text));
        }
        return version;
    }

    /// A path, or null when it is not given.
    @Nullable
    Path pathOrNull(String parameter) {
        String text = arguments.textOrNull(parameter);
        try {
            return text == null ? null : Path.of(text);
        } catch (InvalidPathException invalid) {
            throw arguments.refusal(
                    "its " + parameter + " \"" + text + "\" is not a path here: " + invalid.getReason());
        }
    }

    /// A path, or that of `usual`.
    Path pathOr(String parameter, String usual) {
        Path given = pathOrNull(parameter);
        return given == null ? Path.of(usual) : given;
    }

    /// Key and chain out of the files that two parameters name; null if neither is given.
    @Nullable
    TlsIdentity identity(String certificate, String key, Purpose purpose, Supplier<Instant> now) {
        Path chain = pathOrNull(certificate);
        Path secret = pathOrNull(key);
        if (chain == null && secret == null) {
            return null;
        }
        // One of them alone is a file with both in it, as server.pem of Twisted is.
        List<Path> files = new ArrayList<>();
        if (chain != null) {
            files.add(chain);
        }
        if (secret != null && !secret.equals(chain)) {
            files.add(secret);
        }
        return identity(files, purpose, now);
    }

    /// Key and chain out of files.
    TlsIdentity identity(List<Path> files, Purpose purpose, Supplier<Instant> now) {
        try {
            IdentityReader reader = IdentityReader.of(purpose, now);
            Path passphrase = pathOrNull("passphraseFile");
            return (passphrase == null ? reader : reader.passphraseOf(passphrase)).read(files.toArray(Path[]::new));
        } catch (UnusableMaterial unusable) {
            throw refusal(unusable);
        }
    }

    /// The authorities that a parameter names: a file, a folder, or [#PLATFORM].
    TrustRoots roots(String parameter, String text) {
        try {
            if (text.equals(PLATFORM)) {
                return TrustRoots.platform();
            }
            Path place = Path.of(text);
            return Files.isDirectory(place) ? TrustRoots.directory(place) : TrustRoots.pemFile(place);
        } catch (UnusableMaterial unusable) {
            throw refusal(unusable);
        } catch (InvalidPathException invalid) {
            throw arguments.refusal(
                    "its " + parameter + " \"" + text + "\" is not a path here: " + invalid.getReason());
        }
    }

    /// Whom `trustRoots=` and `pin=` say to believe; null if they say nothing. Pins alone are enough to know a
    /// server by; together with authorities both must agree.
    @Nullable
    Trust trust() {
        String roots = arguments.textOrNull("trustRoots");
        List<KeyPin> pins = pins();
        if (roots == null) {
            return pins.isEmpty() ? null : new PinnedKeys(Set.copyOf(pins));
        }
        TrustRoots trusted = roots("trustRoots", roots);
        return pins.isEmpty() ? trusted : trusted.pinned(pins.toArray(KeyPin[]::new));
    }

    private List<KeyPin> pins() {
        try {
            return list("pin").stream().map(KeyPin::parse).distinct().toList();
        } catch (IllegalArgumentException unreadable) {
            throw arguments.refusal(String.valueOf(unreadable.getMessage()));
        }
    }

    /// The file of `keylog=`, opened; null if it is not given.
    @Nullable
    KeyLogFile keyLog(TlsProvider provider) {
        Path file = pathOrNull("keylog");
        if (file == null) {
            return null;
        }
        if (provider.lacks().contains(Feature.KEY_LOG)) {
            throw arguments.refusal("TLS by " + provider.name() + " cannot tell its secrets to keylog=");
        }
        try {
            return KeyLogFile.open(file);
        } catch (IOException refused) {
            throw arguments.refusal(
                    "its keylog cannot be written: " + Failure.of(refused).message());
        }
    }

    /// What `making` makes; what it complains of becomes a refusal of the description.
    <T> T built(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException unusable) {
            throw refusal(unusable);
        }
    }

    /// Complains of a key or a certificate, which says itself where it stands.
    IllegalArgumentException refusal(Exception unusable) {
        IllegalArgumentException refusal =
                arguments.refusal(Failure.of(unusable).message());
        refusal.initCause(unusable);
        return refusal;
    }
}
