package bowline.cred.ssh;

import bowline.log.Logger;
import bowline.machine.PeerViolation;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringTokenizer;

/// Reads files of `type base64 comment` lines, as OpenSSH writes them.
///
/// Lines with options (`from=`, `command=`, `restrict` …) are left out and logged: what they restrict could not be
/// kept.
final class AuthorizedKeys {
    private static final Logger log = Logger.of(AuthorizedKeys.class);

    /// Most keys of one file.
    static final int KEYS_MAX = 1000;

    private AuthorizedKeys() {}

    static List<PublicKeyBlob> parse(String text, Object file) {
        var keys = new ArrayList<PublicKeyBlob>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            if (keys.size() == KEYS_MAX) {
                log.warn("{file}: there are more keys than the limit KEYS_MAX, {max}", file, KEYS_MAX);
                break;
            }
            try {
                keys.add(parse(line));
            } catch (IllegalArgumentException | PeerViolation unusable) {
                log.warn("{file}:{line}: this key is left out: {complaint}", file, number, unusable.getMessage());
            }
        }
        return keys;
    }

    private static PublicKeyBlob parse(String line) {
        var words = new StringTokenizer(line);
        String type = words.nextToken();
        if (!type.startsWith("ssh-") && !type.startsWith("ecdsa-") && !type.startsWith("sk-")) {
            throw new IllegalArgumentException("it does not begin with the type of a key; options are not known here");
        }
        if (!words.hasMoreTokens()) {
            throw new IllegalArgumentException("there is no key behind its type");
        }
        PublicKeyBlob key = PublicKeyBlob.parse(Base64.getDecoder().decode(words.nextToken()));
        if (!key.type().equals(type)) {
            throw new IllegalArgumentException("the key is of another type than the line says");
        }
        return key;
    }
}
