package bowline.tls.source;

import bowline.tls.CertificateNames;
import bowline.tls.ServerIdentity;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import bowline.tls.hello.ClientHello;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who answers for which name at one moment. Immutable and safe for any thread.
///
/// Several identities may answer for a name, one for each kind of key; the client's abilities decide. But all of them
/// demand the same of clients: who demands less than another one is left out there, or a client could choose the weaker
/// demand by what it claims to be able to (TLS-2).
final class Catalogue {
    static final Catalogue EMPTY = new Catalogue(Map.of(), List.of(), List.of());

    private final Map<String, List<LoadedIdentity>> byName;
    private final List<LoadedIdentity> byDefault;
    private final List<String> conflicts;

    private Catalogue(
            Map<String, List<LoadedIdentity>> byName, List<LoadedIdentity> byDefault, List<String> conflicts) {
        this.byName = byName;
        this.byDefault = byDefault;
        this.conflicts = conflicts;
    }

    /// @param defaultName a host, or the name of files: who answers for names that nobody else does; null for none
    /// @param now what has expired by then is left out where something else is there
    static Catalogue of(Collection<LoadedIdentity> all, @Nullable String defaultName, Instant now) {
        Map<String, List<LoadedIdentity>> byName = new TreeMap<>();
        for (LoadedIdentity each : all.stream().sorted(LoadedIdentity.ORDER).toList()) {
            for (String host : each.names().hosts()) {
                byName.computeIfAbsent(host, _ -> new ArrayList<>()).add(each);
            }
        }
        List<String> conflicts = new ArrayList<>();
        byName.replaceAll((host, candidates) -> reconciled(host, candidates, now, conflicts));
        var named = new Catalogue(byName, List.of(), conflicts);
        return new Catalogue(byName, named.byDefault(all, defaultName), conflicts);
    }

    /// Whom a host's name leads to, or that of files: a certificate for addresses has no host.
    private List<LoadedIdentity> byDefault(Collection<LoadedIdentity> all, @Nullable String defaultName) {
        if (defaultName == null) {
            return List.of();
        }
        String name = CertificateNames.canonical(defaultName);
        List<LoadedIdentity> hosts = byName.getOrDefault(name, of(name));
        return hosts.isEmpty()
                ? all.stream().filter(each -> each.name().equals(defaultName)).toList()
                : hosts;
    }

    /// For each kind of key the first, of those that demand the same as the first of all. What has expired is
    /// left out unless there is nothing else; it still says what is demanded.
    private static List<LoadedIdentity> reconciled(
            String host, List<LoadedIdentity> candidates, Instant now, List<String> conflicts) {
        LoadedIdentity first = candidates.getFirst();
        List<LoadedIdentity> kept = new ArrayList<>();
        for (LoadedIdentity each : candidates) {
            if (!each.server().demandsAs(first.server())) {
                conflicts.add(host + " has certificates in " + first.name() + " and " + each.name()
                        + " that demand different things of clients; for it, " + first.name() + " is used");
            } else if (kept.stream().noneMatch(other -> other.keyType() == each.keyType())) {
                kept.add(each);
            } else {
                conflicts.add(host + " has certificates of the same kind of key in "
                        + sameKind(kept, each).name() + " and " + each.name()
                        + "; the first is used, which is good for longer");
            }
        }
        List<LoadedIdentity> good =
                kept.stream().filter(each -> !each.expired(now)).toList();
        return good.isEmpty() ? List.copyOf(kept) : good;
    }

    private static LoadedIdentity sameKind(List<LoadedIdentity> kept, LoadedIdentity other) {
        return kept.stream()
                .filter(each -> each.keyType() == other.keyType())
                .findFirst()
                .orElseThrow();
    }

    /// What could be meant otherwise, and how it was taken: sentences for the log.
    List<String> conflicts() {
        return conflicts;
    }

    /// Whether there is somebody who answers for all others.
    boolean hasDefault() {
        return !byDefault.isEmpty();
    }

    /// Whether no identity that answers demands anything of clients.
    boolean demandsNothing() {
        return Stream.concat(byName.values().stream().flatMap(List::stream), byDefault.stream())
                .allMatch(each -> each.server().clientCertificates() == ClientCertificates.NOT_ASKED);
    }

    /// Who answers this client; null for nobody.
    @Nullable
    ServerIdentity choose(ClientHello client) {
        List<LoadedIdentity> candidates = client.serverName() == null ? List.of() : of(client.serverName());
        if (candidates.isEmpty()) {
            candidates = byDefault;
        }
        if (candidates.isEmpty()) {
            return null;
        }
        // If there is none that the client can verify, the handshake says so better than we could.
        return candidates.stream()
                .filter(each -> each.keyType().verifiableBy(client))
                .min(Comparator.comparing(LoadedIdentity::keyType))
                .orElse(candidates.getFirst())
                .server();
    }

    /// The exact name first, then the one with a wildcard for the leftmost label (TLS-14).
    private List<LoadedIdentity> of(String name) {
        List<LoadedIdentity> exact = byName.get(name);
        if (exact != null && !name.startsWith("*")) {
            return exact;
        }
        String wildcard = CertificateNames.wildcard(name);
        return wildcard == null ? List.of() : byName.getOrDefault(wildcard, List.of());
    }

    /// Whether a connection that was answered with `shown` may be used for `host` (TLS-2): its certificate is
    /// for it, and whoever would answer for it now demands the same of clients.
    boolean covers(ServerIdentity shown, String host) {
        if (!shown.covers(host)) {
            return false;
        }
        List<LoadedIdentity> own = CertificateNames.isAddress(host) ? byDefault : of(CertificateNames.canonical(host));
        return !own.isEmpty() && own.getFirst().server().demandsAs(shown);
    }
}
