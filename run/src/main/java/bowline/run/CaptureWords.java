package bowline.run;

import bowline.capture.CaptureMode;
import bowline.capture.CaptureOptions;
import bowline.capture.Captures;
import bowline.capture.Masking;
import bowline.service.ServiceArguments;
import bowline.service.ServiceMaker;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The options by which the connections of a service are captured. Every service that takes `--listen` has them,
/// without a word of its own: the layer goes in front of the factories of its servers ([ServiceRun]).
final class CaptureWords {
    private static final String FOLDER = "capture";
    private static final String MODE = "capture-mode";
    private static final String BYTES = "capture-bytes";
    private static final String FILES = "capture-files";
    private static final String MASK = "capture-mask";
    private static final int BYTES_MAX = 1 << 26;

    /// A byte is four characters in a file at worst; the rest is for the words around it.
    private static final int FILE_BYTES_EACH = 5;

    private static final CaptureOptions USUAL = CaptureOptions.USUAL;

    private static final List<ServiceOption> OPTIONS = List.of(
            ServiceOption.value(
                    FOLDER,
                    "FOLDER",
                    "Write what goes over connections to files here, which tests can replay; they have in them what"
                            + " clients say"),
            ServiceOption.value(MODE, "MODE", "Which connections: on (all), on-error (those that end with one) or off")
                    .defaultsTo(USUAL.mode().toString()),
            ServiceOption.value(BYTES, "NUMBER", "How many bytes of a connection are kept, both ways; the last ones")
                    .defaultsTo("" + USUAL.connectionMaxBytes()),
            ServiceOption.value(FILES, "NUMBER", "How many files are written in all")
                    .defaultsTo("" + USUAL.maxFiles()),
            ServiceOption.value(
                            MASK,
                            "HEADER",
                            "Cover the value of this header too; passwords of HTTP and SOCKS and cookies always are")
                    .repeats());

    private CaptureWords() {}

    /// These, if they may stand among the options of `maker`: if it listens, and has none of such a name.
    static List<ServiceOption> of(ServiceMaker maker) {
        Set<String> theirs = maker.options().stream().map(ServiceOption::name).collect(Collectors.toSet());
        boolean fits = theirs.contains("listen")
                && OPTIONS.stream().map(ServiceOption::name).noneMatch(theirs::contains);
        return fits ? OPTIONS : List.of();
    }

    /// What is to be captured, by the values that stand among those of the service; null for nothing.
    ///
    /// @param values are relieved of what is not the service's own
    static @Nullable Captures takeFrom(ServiceMaker maker, Map<String, List<String>> values) {
        List<ServiceOption> ours = of(maker);
        var given = new LinkedHashMap<>(values);
        given.keySet().retainAll(ours.stream().map(ServiceOption::name).toList());
        values.keySet().removeAll(given.keySet());
        ServiceArguments arguments = ServiceArguments.of(ours, given);
        if (given.containsKey(FOLDER)) {
            return new Captures(arguments.path(FOLDER), options(arguments));
        }
        if (!given.isEmpty()) {
            throw new UsageError(
                    "--" + given.keySet().iterator().next() + " without --" + FOLDER,
                    "say where the files shall go, as in --" + FOLDER + " captures");
        }
        return null;
    }

    private static CaptureOptions options(ServiceArguments arguments) {
        int bytes = arguments.integer(BYTES, 1, BYTES_MAX);
        return USUAL.mode(mode(arguments))
                .ofConnection(bytes, USUAL.connectionMaxEvents())
                .files(Math.max(USUAL.fileMaxBytes(), bytes * FILE_BYTES_EACH), arguments.integer(FILES, 1, 1_000_000))
                .masking(masking(arguments));
    }

    private static CaptureMode mode(ServiceArguments arguments) {
        String name = arguments.string(MODE);
        try {
            return CaptureMode.named(name);
        } catch (IllegalArgumentException unknown) {
            throw arguments.refusal(MODE, name, "no such mode", "write on, on-error or off");
        }
    }

    private static Masking masking(ServiceArguments arguments) {
        var names = new ArrayList<>(arguments.list(MASK));
        for (String name : names) {
            if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c == ':' || c >= 0x7F)) {
                throw arguments.refusal(MASK, name, "no name of a header", "write it as in x-api-key");
            }
        }
        return names.isEmpty() ? USUAL.masking() : USUAL.masking().and(Masking.headers(names.toArray(String[]::new)));
    }
}
