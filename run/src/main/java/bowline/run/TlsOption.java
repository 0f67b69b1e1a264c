package bowline.run;

import bowline.endpoint.EndpointString;
import bowline.service.ServiceMaker;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// `--tls`, by which a service speaks TLS wherever it listens. Every service that takes `--listen` has it, without
/// a word of its own: the descriptions are put into those of `tls:` endpoints.
final class TlsOption {
    private static final String NAME = "tls";
    private static final String LISTEN = "listen";
    private static final String SELF_SIGNED = "self-signed";
    private static final Set<String> HAVE_TLS = Set.of("tls", "ssl");

    private static final ServiceOption OPTION = ServiceOption.value(
            NAME,
            "WHAT",
            "Speak TLS at every --listen, with the certificates of a folder, or that in a file of PEM; self-signed makes one"
                    + " now, for trying things. More can be said by --listen tls:…");

    private TlsOption() {}

    /// It, if it may stand among the options of `maker`: if that listens, and has none of that name.
    static List<ServiceOption> of(ServiceMaker maker) {
        Set<String> theirs = maker.options().stream().map(ServiceOption::name).collect(Collectors.toSet());
        return theirs.contains(LISTEN) && !theirs.contains(NAME) ? List.of(OPTION) : List.of();
    }

    /// Puts what `--listen` says, or would by default, into descriptions of `tls:`.
    ///
    /// @param values of the service; are relieved of what is not the service's own
    static void takeFrom(ServiceMaker maker, Map<String, List<String>> values) {
        if (of(maker).isEmpty()) {
            return;
        }
        List<String> what = values.remove(NAME);
        if (what == null) {
            return;
        }
        if (what.size() > 1) {
            throw new UsageError("--" + NAME + " is given " + what.size() + " times", "give it once");
        }
        String certificates = certificates(what.getFirst());
        List<String> places = values.getOrDefault(LISTEN, usual(maker));
        if (!places.isEmpty()) {
            values.put(
                    LISTEN,
                    places.stream().map(place -> overTls(place, certificates)).toList());
        }
    }

    private static List<String> usual(ServiceMaker maker) {
        return maker.options().stream()
                .filter(option -> option.name().equals(LISTEN) && option.fallback() != null)
                .map(ServiceOption::fallback)
                .toList();
    }

    private static String certificates(String what) {
        if (what.equals(SELF_SIGNED)) {
            return SELF_SIGNED + "=";
        }
        try {
            Path place = Path.of(what);
            if (Files.exists(place)) {
                return (Files.isDirectory(place) ? "certificates=" : "certificate=") + EndpointString.quote(what);
            }
        } catch (InvalidPathException never) {
            // Told below.
        }
        throw new UsageError(
                "--" + NAME + " \"" + what + "\" is neither a folder nor a file that is there",
                "give a folder of certificates, a file in PEM with key and certificate, or " + SELF_SIGNED);
    }

    private static String overTls(String place, String certificates) {
        String type = place.substring(0, place.indexOf(':') < 0 ? place.length() : place.indexOf(':'));
        if (HAVE_TLS.contains(type)) {
            throw new UsageError(
                    "--" + LISTEN + " " + type + ": speaks TLS without --" + NAME, "leave one of them out");
        }
        return "tls:" + certificates + ":endpoint=" + EndpointString.quote(place);
    }
}
