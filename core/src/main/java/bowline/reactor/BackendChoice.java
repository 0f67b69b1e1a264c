package bowline.reactor;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Which backend a program gets that does not say which, and why (REA-12). The command line tells its log; a library
/// says nothing.
///
/// @param provider of its reactors
/// @param why in words behind its name, as in ` (not uring: …)`; empty if it is the best there is
public record BackendChoice(ReactorProvider provider, String why) {
    /// The system property that overrides the choice.
    static final String PROPERTY = "bowline.reactor";

    /// What `-Dbowline.reactor` names, else the usable backend with the highest preference.
    ///
    /// @throws IllegalArgumentException if the property names none that can be used here
    public static BackendChoice best() {
        return best(ReactorProvider.all());
    }

    static BackendChoice best(List<ReactorProvider> all) {
        String wanted = System.getProperty(PROPERTY, "");
        if (!wanted.isEmpty() && !wanted.equals("default")) {
            return byProperty(wanted);
        }
        List<ReactorProvider> ranked = all.stream()
                .sorted(Comparator.comparingInt(ReactorProvider::preference).reversed())
                .toList();
        ReactorProvider chosen = ranked.stream()
                .filter(provider -> provider.obstacle().isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no reactor backend found; is bowline-core on the module path or class path whole?"));
        return new BackendChoice(chosen, passedOver(chosen, ranked));
    }

    private static BackendChoice byProperty(String wanted) {
        try {
            return new BackendChoice(ReactorProvider.named(wanted), " (-D" + PROPERTY + ")");
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException("-D" + PROPERTY + ": " + unusable.getMessage(), unusable);
        }
    }

    private static String passedOver(ReactorProvider chosen, List<ReactorProvider> ranked) {
        String reasons = ranked.stream()
                .takeWhile(provider -> provider != chosen)
                .map(provider -> provider.name() + ": " + provider.obstacle())
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "" : " (not " + reasons + ")";
    }

    /// Name and reason, for the log.
    @Override
    public String toString() {
        return "reactor backend " + provider.name() + why;
    }
}
