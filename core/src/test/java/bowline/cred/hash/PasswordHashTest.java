package bowline.cred.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// CRD-8: the published vectors of each scheme, and their limits.
class PasswordHashTest {

    private static PasswordHash parse(String text) {
        return PasswordHash.parse(text, HashLimits.DEFAULT);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] filled(int length, int value) {
        var bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    @DisplayName("RFC 7693 appendix A: BLAKE2b-512 of abc")
    void blake2b() {
        assertThat(hex(Blake2b.hash(64, ascii("abc"))))
                .isEqualTo("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                        + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
    }

    @ParameterizedTest
    @DisplayName("RFC 9106 §5: argon2d, argon2i, argon2id")
    @CsvSource({
        "D, 512b391b6f1162975371d30919734294f868e3be3984f3c1a13a4db9fabe4acb",
        "I, c814d9d1dc7f37aa13f0d77f2494bda1c8de6b016dd388d29952a4c4672b6ce8",
        "ID, 0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    })
    void argon2(Argon2.Type type, String tag) {
        byte[] key = Argon2.derive(type, filled(32, 1), filled(16, 2), filled(8, 3), filled(12, 4), 32, 3, 4, 32);
        assertThat(hex(key)).isEqualTo(tag);
    }

    @ParameterizedTest
    @DisplayName("RFC 7914 §12: scrypt")
    @CsvSource({
        "'', '', 4, 1, 1, 77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
        "password, NaCl, 10, 8, 16, fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
        "pleaseletmein, SodiumChloride, 14, 8, 1, 7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
    })
    void scrypt(String password, String salt, int logN, int r, int p, String key) {
        assertThat(hex(Scrypt.derive(ascii(password), ascii(salt), logN, r, p, 64)))
                .isEqualTo(key);
    }

    @ParameterizedTest
    @DisplayName("RFC 6070 and RFC 7914 §11: PBKDF2")
    @CsvSource({
        "HmacSHA1, password, salt, 1, 0c60c80f961f0e71f3a9b524af6012062fe037a6",
        "HmacSHA1, password, salt, 4096, 4b007901b765489abead49d926f721d065a429c1",
        "HmacSHA1, passwordPASSWORDpassword, saltSALTsaltSALTsaltSALTsaltSALTsalt, 4096,"
                + " 3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
        "HmacSHA256, passwd, salt, 1, 55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"
    })
    void pbkdf2(String mac, String password, String salt, int iterations, String key) {
        byte[] derived = Pbkdf2.derive(mac, ascii(password), ascii(salt), iterations, key.length() / 2);
        assertThat(hex(derived)).isEqualTo(key);
    }

    @ParameterizedTest
    @DisplayName("bcrypt: vectors of its C implementation, some under later names of the version")
    @CsvSource({
        "U*U, $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "U*U*, $2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK",
        "U*U*U, $2y$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
        "'', $2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy",
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored,"
                + " $2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui"
    })
    void bcrypt(String password, String text) {
        PasswordHash hash = parse(text);

        assertThat(hash.verify(password)).isTrue();
        assertThat(hash.verify("!" + password)).isFalse();
        assertThat(hash.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @DisplayName("SHA-crypt: the vectors of its specification")
    @CsvSource({
        "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
        "$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA",
        "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1"
    })
    void shaCrypt(String text) {
        assertThat(parse(text).verify("Hello world!")).isTrue();
        assertThat(parse(text).verify("Hello world")).isFalse();
        assertThat(parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @DisplayName("every scheme that makes hashes reads its own, and only its own password")
    @EnumSource(HashScheme.class)
    void readsWhatItWrites(HashScheme scheme) {
        PasswordHash made = scheme.hash("pässword", filled(HashScheme.SALT_BYTES, 7));
        PasswordHash read = parse(made.text());

        assertThat(read.text()).isEqualTo(made.text());
        assertThat(read.verify("pässword")).isTrue();
        assertThat(read.verify("passwort")).isFalse();
        assertThat(read.toString())
                .doesNotContain(made.text().substring(made.text().length() - 8));
    }

    @ParameterizedTest
    @DisplayName("G1: costs above a limit are refused before any work is done, and the limit is named")
    @CsvSource({
        "$2b$16$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW, bcryptCostMax",
        "'$argon2id$v=19$m=262145,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA', memoryMaxBytes",
        "'$argon2id$v=19$m=262144,t=17,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA', blocksMax",
        "'$scrypt$ln=18,r=9,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA', memoryMaxBytes",
        "'$scrypt$ln=30,r=999999999,p=999999999$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA', memoryMaxBytes",
        "'$scrypt$ln=18,r=8,p=17$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA', blocksMax",
        "$pbkdf2-sha256$10000001$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA, iterationsMax",
        "$6$rounds=5000001$salt$svn8, roundsMax",
        "SCRAM-SHA-256$10000001:c2FsdA==$AAAA:AAAA, iterationsMax"
    })
    void refusesCostsAboveALimit(String text, String limit) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(limit);
    }

    @Test
    @DisplayName("G1: a cost at the limit is accepted")
    void acceptsACostAtTheLimit() {
        assertThat(parse("$2b$15$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
                .isInstanceOf(Bcrypt.class);
        assertThat(parse("$argon2id$v=19$m=262144,t=16,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA"))
                .isInstanceOf(Argon2.class);
    }

    @ParameterizedTest
    @DisplayName("text that is no hash is refused, and not repeated")
    @ValueSource(
            strings = {
                "",
                "secret-word",
                "!",
                "*",
                "$",
                "$$",
                "$y$j9T$salt$hashhash",
                "$1$salt$hash",
                "$2b$05$short",
                "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyO!W",
                "$2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$argon2id$v=16$m=64,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=64,t=0,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$t=1,m=64,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
                "$scrypt$ln=0,r=8,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
                "$scrypt$ln=4,r=8$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
                "$pbkdf2-sha256$0$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
                "$pbkdf2-sha256$-1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
                "$pbkdf2-sha256$1$c2FsdHNhbHQ$AAAA",
                "SCRAM-SHA-256$4095:c2FsdA==$AAAA:AAAA",
                "SCRAM-SHA-256$4096:c2FsdA==$AAAA:AAAA"
            })
    void refusesWhatIsNoHash(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret-word");
    }

    @Test
    @DisplayName("G1: a password beyond passwordMaxBytes is wrong, and one at the limit may be right")
    void longPasswordsAreWrong() {
        String longest = "x".repeat(1024);
        PasswordHash hash =
                parse(Pbkdf2.of(longest, filled(16, 1), "SHA-256", 1).text());
        PasswordHash beyond =
                parse(Pbkdf2.of(longest + "x", filled(16, 1), "SHA-256", 1).text());

        assertThat(hash.verify(longest)).isTrue();
        assertThat(beyond.verify(longest + "x")).isFalse();
        assertThat(beyond.verify(longest + "x", HashLimits.DEFAULT.passwordMaxBytes(1025)))
                .isTrue();
    }

    @Test
    @DisplayName("bcrypt makes no hash of a password that it would not see whole")
    void bcryptRefusesToMakeWhatItWouldCut() {
        assertThat(Bcrypt.of("x".repeat(72), filled(16, 1), 4).verify("x".repeat(72)))
                .isTrue();
        assertThatThrownBy(() -> Bcrypt.of("x".repeat(73), filled(16, 1), 4)).hasMessageContaining("72");
        assertThatThrownBy(() -> Bcrypt.of("a\0b", filled(16, 1), 4)).hasMessageContaining("NUL");
    }

    @ParameterizedTest
    @DisplayName("RFC 4013 §3: the examples of SASLprep, and a space of ours (§2.1)")
    @CsvSource({"I\u00ADX, IX", "user, user", "USER, USER", "\u00AA, a", "\u2168, IX", "a\u00A0b, a b"})
    void saslPrep(String text, String prepared) {
        assertThat(SaslPrep.stored(text)).isEqualTo(prepared);
        assertThat(SaslPrep.query(text)).isEqualTo(prepared);
    }

    @ParameterizedTest
    @DisplayName("RFC 4013 §2.3, §2.4: forbidden characters and directions")
    @ValueSource(strings = {"\u0007", "\u0627\u0031", "\u200Ex", "\uE000", "\uFFFD", "a\u0627", "\uDC00", "x\u0000"})
    void saslPrepForbids(String text) {
        assertThatThrownBy(() -> SaslPrep.query(text)).hasMessageContaining("RFC 4013");
    }

    @Test
    void saslPrepAllowsUnassignedCodePointsInQueriesOnly() {
        assertThat(SaslPrep.query("\u0378")).isEqualTo("\u0378");
        assertThatThrownBy(() -> SaslPrep.stored("\u0378")).hasMessageContaining("U+378");
    }
}
