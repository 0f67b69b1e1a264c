package bowline.fuzz;

import java.util.List;
import java.util.stream.Stream;

/// All targets.
public final class Targets {
    private static final List<Target> ALL = Stream.of(
                    FramingTargets.all(),
                    HttpTargets.all(),
                    ProxyTargets.all(),
                    TlsTargets.all(),
                    CertificateTargets.all(),
                    CredTargets.all(),
                    TextTargets.all())
            .flatMap(List::stream)
            .toList();

    private Targets() {}

    /// In the order of the list.
    public static List<Target> all() {
        return ALL;
    }

    /// The one that is called so.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Target named(String name) {
        return ALL.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no target " + name + "; see fuzz/run list"));
    }
}
