package bowline.tls;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.tls.engine.TlsProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/// The implementations of TLS that are there.
public final class TlsProviders {
    private static final Logger log = Logger.of(TlsProviders.class);

    /// The system property that overrides the choice.
    private static final String PROPERTY = "bowline.tls";

    /// The JDK's, which a program gets that does not ask for another.
    private static final String USUAL = "jsse";

    private TlsProviders() {}

    /// What `-Dbowline.tls` names, else the JDK's.
    ///
    /// @throws IllegalArgumentException if the property names none that can be used here
    public static TlsProvider best() {
        String wanted = System.getProperty(PROPERTY, "");
        if (wanted.isEmpty()) {
            return named(USUAL);
        }
        try {
            return named(wanted);
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException("-D" + PROPERTY + ": " + unusable.getMessage(), unusable);
        }
    }

    /// The implementation of that name.
    ///
    /// @throws IllegalArgumentException if there is none or it cannot be used here
    public static TlsProvider named(String name) {
        List<TlsProvider> all = all();
        for (TlsProvider provider : all) {
            if (provider.name().equals(name)) {
                String obstacle = provider.whyNot();
                if (obstacle != null) {
                    throw new IllegalArgumentException("TLS by \"" + name + "\" cannot be used here: " + obstacle);
                }
                return provider;
            }
        }
        throw new IllegalArgumentException("there is no TLS by \"" + name + "\"; there are "
                + all.stream().map(TlsProvider::name).toList());
    }

    /// All that load; a broken one is left out.
    public static List<TlsProvider> all() {
        var found = new ArrayList<TlsProvider>();
        var providers = ServiceLoader.load(TlsProvider.class).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return found;
                }
                found.add(providers.next());
            } catch (ServiceConfigurationError broken) {
                log.failure("an implementation of TLS does not load and is left out", Failure.of(broken));
            }
        }
    }
}
