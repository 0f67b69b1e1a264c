package bowline.tls.certificate;

import bowline.tls.certificate.ReferenceIdentity.Dns;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// The names that a certificate is for: what stands in its subjectAltName, never its subject (RFC 9525 §6.1).
///
/// @param hosts names of hosts, as they stand there
/// @param addresses addresses
/// @param others mailboxes, for they are of use to people who look at clients
record PresentedNames(List<String> hosts, List<InetAddress> addresses, List<String> others) {
    private static final int MAILBOX = 1;
    private static final int HOST = 2;
    private static final int ADDRESS = 7;

    /// How a name relates to a host.
    enum Match {
        /// It is one.
        YES,
        /// It would be one if wildcards were allowed there (RFC 9525 §6.3).
        WILDCARD_MISPLACED,
        /// It is none.
        NO
    }

    static PresentedNames of(X509Certificate certificate) {
        var hosts = new ArrayList<String>();
        var addresses = new ArrayList<InetAddress>();
        var others = new ArrayList<String>();
        for (List<?> entry : entries(certificate)) {
            if (entry.get(0) instanceof Integer kind && entry.get(1) instanceof String name) {
                switch (kind.intValue()) {
                    case MAILBOX -> others.add(name);
                    case HOST -> hosts.add(name);
                    case ADDRESS -> addAddress(name, addresses);
                    default -> {} // no name of anything here
                }
            }
        }
        return new PresentedNames(hosts, addresses, others);
    }

    private static Collection<List<?>> entries(X509Certificate certificate) {
        try {
            Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
            return entries == null ? List.of() : entries;
        } catch (CertificateParsingException unreadable) {
            return List.of(); // what cannot be read is no name of anybody
        }
    }

    private static void addAddress(String digits, List<InetAddress> addresses) {
        try {
            addresses.add(InetAddress.ofLiteral(digits));
        } catch (IllegalArgumentException notAnAddress) {
            // A net, for example, which is no name of a host.
        }
    }

    /// All of them, for people.
    List<String> all() {
        var all = new ArrayList<>(hosts);
        addresses.forEach(address -> all.add(address.getHostAddress()));
        all.addAll(others);
        return all;
    }

    /// The best match among the names.
    Match match(ReferenceIdentity wanted) {
        return switch (wanted) {
            case ReferenceIdentity.Address(InetAddress address) -> addresses.contains(address) ? Match.YES : Match.NO;
            case Dns(String name) ->
                hosts.stream()
                        .map(host -> match(host.toLowerCase(Locale.ROOT), name))
                        .min(Match::compareTo)
                        .orElse(Match.NO);
        };
    }

    /// @param presented in lower case
    private static Match match(String presented, String wanted) {
        if (presented.equals(wanted)) {
            return Match.YES;
        }
        if (presented.indexOf('*') < 0) {
            return Match.NO;
        }
        return isWildcard(presented)
                ? matchBehindFirstLabel(presented, wanted)
                : wouldMatch(presented.split("\\.", -1), wanted.split("\\.", -1));
    }

    /// `*.` and a domain of two labels at least: `*.com` would be everybody's.
    private static boolean isWildcard(String presented) {
        return presented.startsWith("*.") && presented.lastIndexOf('*') == 0 && presented.indexOf('.', 2) > 2;
    }

    private static Match matchBehindFirstLabel(String wildcard, String wanted) {
        int dot = wanted.indexOf('.');
        return dot > 0 && wanted.substring(dot).equals(wildcard.substring(1)) ? Match.YES : Match.NO;
    }

    private static Match wouldMatch(String[] presented, String[] wanted) {
        if (presented.length != wanted.length) {
            return Match.NO;
        }
        for (int i = 0; i < presented.length; i++) {
            int star = presented[i].indexOf('*');
            boolean fits = star < 0
                    ? presented[i].equals(wanted[i])
                    : wanted[i].length() >= presented[i].length() - 1
                            && wanted[i].startsWith(presented[i].substring(0, star))
                            && wanted[i].endsWith(presented[i].substring(star + 1));
            if (!fits) {
                return Match.NO;
            }
        }
        return Match.WILDCARD_MISPLACED;
    }
}
