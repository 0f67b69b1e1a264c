package bowline.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whom a certificate is for, from the side of the server that shows it: the entries of its subjectAltName, never its
/// subject (RFC 9525 §6.1).
///
/// @param hosts names in lower case, in which `*` may be the first of three labels or more; other wildcards are left
/// out
/// @param addresses addresses
public record CertificateNames(Set<String> hosts, Set<InetAddress> addresses) {
    private static final int HOST = 2;
    private static final int ADDRESS = 7;

    /// Copies.
    public CertificateNames {
        hosts = Set.copyOf(hosts);
        addresses = Set.copyOf(addresses);
    }

    /// Those of `certificate`.
    public static CertificateNames of(X509Certificate certificate) {
        Set<String> hosts = new LinkedHashSet<>();
        Set<InetAddress> addresses = new LinkedHashSet<>();
        for (List<?> entry : entries(certificate)) {
            if (entry.get(1) instanceof String name) {
                if (Integer.valueOf(HOST).equals(entry.get(0)) && usable(name)) {
                    hosts.add(name.toLowerCase(Locale.ROOT));
                } else if (Integer.valueOf(ADDRESS).equals(entry.get(0))) {
                    InetAddress address = literal(name);
                    if (address != null) {
                        addresses.add(address);
                    }
                }
            }
        }
        return new CertificateNames(hosts, addresses);
    }

    private static Collection<List<?>> entries(X509Certificate certificate) {
        try {
            Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
            return entries == null ? List.of() : entries;
        } catch (CertificateParsingException unreadable) {
            return List.of(); // what nobody can read is nobody's name
        }
    }

    /// No wildcard, or `*.` before two labels at least: `*.com` would be everybody's.
    private static boolean usable(String name) {
        int star = name.lastIndexOf('*');
        return star < 0 || (star == 0 && name.startsWith("*.") && name.indexOf('.', 2) > 2);
    }

    /// Whether the certificate is for `host`, as it stands in a URI or in a Host field without the port: a name, an
    /// address in digits, or one of IPv6 in brackets.
    public boolean cover(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        InetAddress address = literal(bare);
        if (address != null) {
            return addresses.contains(address);
        }
        String name = canonical(host);
        String wildcard = wildcard(name);
        return (hosts.contains(name) && !name.startsWith("*")) || (wildcard != null && hosts.contains(wildcard));
    }

    /// `name` as it would be asked for: in lower case, without a dot at the end.
    public static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /// What a wildcard for `name` looks like: `*.example.org` for `www.example.org`; null if there can be none.
    public static @Nullable String wildcard(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && !name.startsWith("*") ? "*" + name.substring(dot) : null;
    }

    /// Whether `host`, of a URI or a Host field, is an address and no name.
    public static boolean isAddress(String host) {
        return host.startsWith("[") || literal(host) != null;
    }

    private static @Nullable InetAddress literal(String digits) {
        boolean possible = digits.indexOf(':') >= 0
                || (!digits.isEmpty() && digits.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')));
        try {
            return possible ? InetAddress.ofLiteral(digits) : null;
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    /// All, for people and in order: `a.example, b.example, 192.0.2.1`.
    @Override
    public String toString() {
        List<String> all = new ArrayList<>(hosts.stream().sorted().toList());
        addresses.stream().map(InetAddress::getHostAddress).sorted().forEach(all::add);
        return String.join(", ", all);
    }
}
