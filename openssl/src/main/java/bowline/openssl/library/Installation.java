package bowline.openssl.library;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The libraries of OpenSSL that this process has found, or why there are none that can be used.
public final class Installation {
    /// The property that names the folder of the two libraries, if they are not where the system looks.
    public static final String FOLDER_PROPERTY = "bowline.openssl";

    private static final int MAJOR_MIN = 3;

    /// Linux (glibc and musl have the same names), then macOS; last the names that packages for developers
    /// have, which may lead to any version.
    private static final List<Names> NAMES = List.of(
            new Names("libcrypto.so.3", "libssl.so.3"),
            new Names("libcrypto.3.dylib", "libssl.3.dylib"),
            new Names("libcrypto.so", "libssl.so"),
            new Names("libcrypto.dylib", "libssl.dylib"));

    /// Where the package managers of macOS put them, whose linker does not look there, and musl's for JVMs that
    /// were started with another path.
    private static final List<String> FOLDERS = List.of(
            "/opt/homebrew/opt/openssl@3/lib",
            "/usr/local/opt/openssl@3/lib",
            "/opt/local/libexec/openssl3/lib",
            "/usr/lib",
            "/lib");

    private record Names(String crypto, String ssl) {}

    private record Libraries(SymbolLookup crypto, SymbolLookup ssl) {}

    private final @Nullable Libraries libraries;
    private final String obstacle;

    private Installation(@Nullable Libraries libraries, String obstacle) {
        this.libraries = libraries;
        this.obstacle = obstacle;
    }

    /// What was found, once for the life of the process.
    public static Installation found() {
        return Once.FOUND;
    }

    private static final class Once {
        static final Installation FOUND = look(System.getProperty(FOLDER_PROPERTY));
    }

    /// Looks for them, in that folder alone if one is given.
    static Installation look(@Nullable String folder) {
        Module module = Installation.class.getModule();
        if (!module.isNativeAccessEnabled()) {
            String who = module.isNamed() ? module.getName() : "ALL-UNNAMED";
            return new Installation(
                    null, "the JVM forbids it to call the library; start it with --enable-native-access=" + who);
        }
        var refusals = new ArrayList<String>();
        Optional<Libraries> usable = folder == null ? inSystem(refusals) : inFolder(Path.of(folder), refusals);
        if (usable.isPresent()) {
            return new Installation(usable.get(), "");
        }
        if (!refusals.isEmpty()) {
            return new Installation(null, String.join("; ", refusals));
        }
        return new Installation(
                null,
                "there is no libssl.so.3 with its libcrypto.so.3 "
                        + (folder == null ? "on this system" : "in " + folder)
                        + "; install OpenSSL 3 (Debian's package is libssl3), or say in which folder it is with -D"
                        + FOLDER_PROPERTY + "=");
    }

    private static Optional<Libraries> inSystem(List<String> refusals) {
        for (Names names : NAMES) {
            Optional<Libraries> usable = usable(names.crypto(), names.ssl(), refusals);
            if (usable.isPresent()) {
                return usable;
            }
        }
        for (String folder : FOLDERS) {
            Optional<Libraries> usable = inFolder(Path.of(folder), refusals);
            if (usable.isPresent()) {
                return usable;
            }
        }
        return Optional.empty();
    }

    private static Optional<Libraries> inFolder(Path folder, List<String> refusals) {
        for (Names names : NAMES) {
            Path crypto = folder.resolve(names.crypto());
            Path ssl = folder.resolve(names.ssl());
            if (Files.exists(crypto) && Files.exists(ssl)) {
                Optional<Libraries> usable = usable(crypto.toString(), ssl.toString(), refusals);
                if (usable.isPresent()) {
                    return usable;
                }
            }
        }
        return Optional.empty();
    }

    @SuppressWarnings("restricted") // loads the libraries
    private static Optional<Libraries> usable(String crypto, String ssl, List<String> refusals) {
        try {
            SymbolLookup first = SymbolLookup.libraryLookup(crypto, Arena.global());
            String refusal = tooOld(first);
            if (refusal != null) {
                refusals.add(crypto + " " + refusal);
                return Optional.empty();
            }
            return Optional.of(new Libraries(first, SymbolLookup.libraryLookup(ssl, Arena.global())));
        } catch (IllegalArgumentException missing) {
            if (crypto.indexOf('/') >= 0) {
                refusals.add(crypto + " cannot be loaded: " + missing.getMessage());
            }
            return Optional.empty();
        }
    }

    /// Only since 3.0 there is a function that tells the version as a number; LibreSSL and BoringSSL have none.
    private static @Nullable String tooOld(SymbolLookup crypto) {
        if (crypto.find("OPENSSL_version_major").isEmpty()) {
            return "is older than OpenSSL 3.0, or another library in its place" + named(crypto);
        }
        int major = Downcalls.intOf(Downcalls.function(crypto, "OPENSSL_version_major", Downcalls.INT));
        return major >= MAJOR_MIN ? null : "is older than OpenSSL 3.0" + named(crypto);
    }

    @SuppressWarnings("restricted") // a call into the library
    private static String named(SymbolLookup crypto) {
        return crypto.find("OpenSSL_version")
                .map(function -> Linker.nativeLinker()
                        .downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT)))
                .map(function -> " (" + Memory.text(Downcalls.longOf(function, 0)) + ")")
                .orElse("");
    }

    /// Why they cannot be used, in words for a log line; empty if they can.
    public String obstacle() {
        return obstacle;
    }

    /// `OpenSSL 3.0.19 27 Jan 2026`
    ///
    /// @throws IllegalStateException if there is none
    public String version() {
        return Memory.text(
                Downcalls.longOf(Downcalls.function(crypto(), "OpenSSL_version", Downcalls.LONG, Downcalls.INT), 0));
    }

    SymbolLookup crypto() {
        return libraries().crypto();
    }

    SymbolLookup ssl() {
        return libraries().ssl();
    }

    private Libraries libraries() {
        if (libraries == null) {
            throw new IllegalStateException("OpenSSL cannot be used: " + obstacle);
        }
        return libraries;
    }
}
