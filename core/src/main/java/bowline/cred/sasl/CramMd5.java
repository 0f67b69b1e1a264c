package bowline.cred.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import bowline.bytes.Ascii;
import bowline.machine.PeerViolation;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// CRAM-MD5 (RFC 2195): a challenge, and the answer `user hexdigest`. For old peers only: whoever listens can guess
/// passwords at leisure, and the server must keep the password itself.
public final class CramMd5 {
    /// Longest answer that is read.
    public static final int ANSWER_MAX_CHARS = 1024;

    private static final int DIGEST_CHARS = 32;
    private static final String SOURCE = "CRAM-MD5, RFC 2195 §2";

    private CramMd5() {}

    /// What a client answered.
    ///
    /// @param username who it says it is
    /// @param digest what is to be checked, 32 hexadecimal digits
    public record Answer(String username, String digest) {

        /// Whether it is the answer of one who knows `password` to `challenge`. In constant time (G12).
        public boolean isOf(String challenge, String password) {
            return MessageDigest.isEqual(
                    digest.getBytes(UTF_8), CramMd5.digest(challenge, password).getBytes(UTF_8));
        }

        @Override
        public String toString() {
            return "Answer[" + Ascii.quote(username, 40) + "]";
        }
    }

    /// A fresh challenge, `<random.time@host>`.
    ///
    /// @param epochSeconds the time, which the caller's clock knows
    /// @param host the server's name
    public static String challenge(long epochSeconds, String host) {
        return challenge(HexFormat.of().formatHex(Nonces.fresh().getBytes(UTF_8)), epochSeconds, host);
    }

    static String challenge(String random, long epochSeconds, String host) {
        if (!host.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '<' && c != '>' && c != '@')) {
            throw new IllegalArgumentException("host " + Ascii.quote(host, 40) + " cannot stand in a challenge");
        }
        return "<" + random + "." + epochSeconds + "@" + host + ">";
    }

    /// The client's answer.
    public static String answer(String challenge, String username, String password) {
        return username + " " + digest(challenge, password);
    }

    /// Takes a client's answer apart.
    public static Answer parse(String answer) {
        int space = answer.lastIndexOf(' ');
        boolean good = answer.length() <= ANSWER_MAX_CHARS
                && space > 0
                && answer.length() - space - 1 == DIGEST_CHARS
                && answer.substring(space + 1).chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        if (!good) {
            throw new PeerViolation("the answer is not a name, a space and 32 hexadecimal digits", SOURCE);
        }
        return new Answer(answer.substring(0, space), answer.substring(space + 1));
    }

    private static String digest(String challenge, String password) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            byte[] key = password.getBytes(UTF_8);
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacMD5"));
            return HexFormat.of().formatHex(mac.doFinal(challenge.getBytes(UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no HmacMD5", missing);
        }
    }
}
