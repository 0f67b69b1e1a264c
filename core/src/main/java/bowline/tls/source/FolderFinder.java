package bowline.tls.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds identities in a folder by the names of files:
///
///     NAME.pem                            key and chain
///     NAME.pem, NAME.key or NAME-key.pem  chain and key
///     NAME.crt or NAME.cer, NAME.key      the same
///     fullchain.pem, privkey.pem          the same, as certbot writes it
///     NAME.ocsp                           a staple, in DER
///     NAME.clients.pem                    who asks for NAME must be vouched for by one of these
///     NAME.clients.wanted.pem             who asks for NAME is asked for a certificate, and may have none
///
/// and in the folders inside, or inside of its folder `live`, `fullchain.pem` and `privkey.pem` and what belongs to
/// them. What begins with a dot is left alone.
final class FolderFinder implements IdentityFinder {
    private static final String PEM = ".pem";
    private static final String KEY = ".key";
    private static final String DASH_KEY = "-key.pem";
    private static final String STAPLE = ".ocsp";
    private static final String CLIENTS = ".clients.pem";
    private static final String CLIENTS_WANTED = ".clients.wanted.pem";
    private static final List<String> CHAINS = List.of(PEM, ".crt", ".cer");

    private static final String CERTBOT_CHAIN = "fullchain";
    private static final String CERTBOT_KEY = "privkey.pem";
    private static final List<String> CERTBOT_PARTS = List.of("cert", "chain", "privkey");
    private static final String CERTBOT_FOLDER = "live";

    /// Most entries of a folder that are looked at.
    static final int ENTRIES_MAX = 100_000;

    private final Path folder;

    FolderFinder(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<IdentityFiles> find() throws IOException {
        List<IdentityFiles> found = new ArrayList<>();
        Map<String, Path> top = entries(folder);
        findIn(top, "", found);
        findInside(top, "", found);
        Path live = top.get(CERTBOT_FOLDER);
        if (live != null && Files.isDirectory(live)) {
            findInside(entries(live), CERTBOT_FOLDER + "/", found);
        }
        return found;
    }

    private static void findInside(Map<String, Path> entries, String prefix, List<IdentityFiles> found)
            throws IOException {
        for (Map.Entry<String, Path> entry : entries.entrySet()) {
            if (Files.isDirectory(entry.getValue())) {
                Map<String, Path> inside = entries(entry.getValue());
                if (isCertbot(inside)) {
                    found.add(files(inside, prefix + entry.getKey() + "/", CERTBOT_CHAIN, PEM));
                }
            }
        }
    }

    private static void findIn(Map<String, Path> entries, String prefix, List<IdentityFiles> found) {
        boolean certbot = isCertbot(entries);
        for (String name : entries.keySet()) {
            for (String ending : CHAINS) {
                if (name.endsWith(ending) && isChain(name, certbot) && !Files.isDirectory(entries.get(name))) {
                    String base = name.substring(0, name.length() - ending.length());
                    if (found.stream().noneMatch(each -> each.name().equals(prefix + base))) {
                        found.add(files(entries, prefix, base, ending));
                    }
                }
            }
        }
    }

    private static boolean isCertbot(Map<String, Path> entries) {
        return entries.containsKey(CERTBOT_CHAIN + PEM) && entries.containsKey(CERTBOT_KEY);
    }

    /// Not a key, nor whom clients are vouched for by.
    private static boolean isChain(String name, boolean certbot) {
        return !name.endsWith(DASH_KEY)
                && !name.endsWith(CLIENTS)
                && !name.endsWith(CLIENTS_WANTED)
                && !(certbot && CERTBOT_PARTS.contains(name.substring(0, name.lastIndexOf('.'))));
    }

    private static IdentityFiles files(Map<String, Path> entries, String prefix, String base, String ending) {
        Path chain = entries.get(base + ending);
        if (chain == null) {
            throw new AssertionError("asked for files around one that is not there: " + base + ending);
        }
        Path key = entries.get(base + KEY);
        key = key != null ? key : entries.get(base + DASH_KEY);
        key = key != null || !base.equals(CERTBOT_CHAIN) ? key : entries.get(CERTBOT_KEY);
        @Nullable Path required = entries.get(base + CLIENTS);
        @Nullable Path clients = required != null ? required : entries.get(base + CLIENTS_WANTED);
        return new IdentityFiles(
                prefix.isEmpty() || !base.equals(CERTBOT_CHAIN)
                        ? prefix + base
                        : prefix.substring(0, prefix.length() - 1),
                key != null ? key : chain,
                chain,
                entries.get(base + STAPLE),
                clients,
                required != null);
    }

    /// By name, in order.
    private static Map<String, Path> entries(Path folder) throws IOException {
        Map<String, Path> entries = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path entry : all) {
                String name = String.valueOf(entry.getFileName());
                if (!name.startsWith(".")) {
                    entries.put(name, entry);
                }
                if (entries.size() > ENTRIES_MAX) {
                    throw new IOException(folder + " has more than " + ENTRIES_MAX
                            + " entries; certificates should be in a folder of their own");
                }
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        return entries;
    }
}
