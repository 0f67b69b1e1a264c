package bowline.run;

import bowline.cred.AuthString;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `--help-auth` and `--help-auth-type`, which every service has that takes `--auth` (CRD-9).
final class AuthHelp {
    private static final ServiceOption ALL =
            ServiceOption.flag("help-auth", "Show the types that --auth may have, and end");
    private static final ServiceOption ONE =
            ServiceOption.value("help-auth-type", "TYPE", "Show all about one type of --auth, and end");

    private AuthHelp() {}

    /// Adds both behind `--auth`, if that is among `options`.
    static void addTo(List<ServiceOption> options) {
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i).name().equals(ServiceOption.AUTH)) {
                options.addAll(i + 1, List.of(ALL, ONE));
                return;
            }
        }
    }

    /// The text that was asked for, or null.
    static @Nullable String asked(Given given) {
        if (given.values().containsKey(ALL.name())) {
            return AuthString.help();
        }
        List<String> type = given.values().get(ONE.name());
        if (type == null) {
            return null;
        }
        try {
            return AuthString.help(type.getFirst());
        } catch (IllegalArgumentException unknown) {
            throw new UsageError(String.valueOf(unknown.getMessage()), "--help-auth tells more about them");
        }
    }
}
