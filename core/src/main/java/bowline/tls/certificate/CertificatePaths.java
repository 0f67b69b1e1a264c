package bowline.tls.certificate;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// The ways from a peer's own certificate up to an authority that is trusted, by names alone (RFC 4158): whether the
/// signatures and all else are right is seen later. Bounded in the number of ways, their length, and the steps to find
/// them, whatever the peer has shown.
final class CertificatePaths {
    /// Most authorities between the peer's own certificate and the trusted one (TLS-6).
    static final int DEPTH_MAX = 9;

    /// Most ways that are tried.
    static final int PATHS_MAX = 8;

    private static final int STEPS_MAX = 400;

    /// One way.
    ///
    /// @param certificates the peer's own first, without the trusted one; empty if the peer's own is it
    /// @param anchor the trusted one
    record Path(List<X509Certificate> certificates, X509Certificate anchor) {}

    private final List<X509Certificate> shown;
    private final TrustRoots roots;
    private final List<Path> paths = new ArrayList<>();
    private List<X509Certificate> longest = List.of();
    private boolean tooDeep;
    private int steps;

    private CertificatePaths(List<X509Certificate> shown, TrustRoots roots) {
        this.shown = shown;
        this.roots = roots;
    }

    /// @param shown by the peer, its own first; one at least
    static CertificatePaths find(List<X509Certificate> shown, TrustRoots roots) {
        var search = new CertificatePaths(shown, roots);
        search.goOn(new ArrayList<>(List.of(shown.getFirst())));
        return search;
    }

    /// The ways, the shortest ones to each trusted authority first.
    List<Path> paths() {
        return paths;
    }

    /// How far it goes where no way leads to the end.
    List<X509Certificate> longest() {
        return longest;
    }

    /// Whether a way was left because it is too long.
    boolean tooDeep() {
        return tooDeep;
    }

    private void goOn(List<X509Certificate> way) {
        if (paths.size() >= PATHS_MAX || ++steps > STEPS_MAX) {
            return;
        }
        if (way.size() > longest.size()) {
            longest = List.copyOf(way);
        }
        X509Certificate last = way.getLast();
        if (roots.has(last)) {
            paths.add(new Path(List.copyOf(way.subList(0, way.size() - 1)), last));
            return;
        }
        for (X509Certificate anchor : roots.named(last.getIssuerX500Principal())) {
            if (paths.size() < PATHS_MAX) {
                paths.add(new Path(List.copyOf(way), anchor));
            }
        }
        for (X509Certificate next : shown) {
            if (next.getSubjectX500Principal().equals(last.getIssuerX500Principal()) && !way.contains(next)) {
                step(way, next);
            }
        }
    }

    private void step(List<X509Certificate> way, X509Certificate next) {
        if (way.size() > DEPTH_MAX && !roots.has(next)) {
            tooDeep = true;
            return;
        }
        way.add(next);
        goOn(way);
        way.removeLast();
    }
}
