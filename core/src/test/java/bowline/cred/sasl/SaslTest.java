package bowline.cred.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.cred.hash.ScramMechanism;
import bowline.cred.hash.ScramSecret;
import bowline.machine.PeerViolation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// CRD-7: the conversations of SCRAM and CRAM-MD5, with the examples of their RFCs.
class SaslTest {
    private static final String FIRST_256 = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    private static final String CHALLENGE_256 =
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    private static final String FINAL_256 = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    private static final String VERIFICATION_256 = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    private static ScramSecret secret(ScramMechanism mechanism, String password, String salt) {
        return ScramSecret.of(mechanism, password, Base64.getDecoder().decode(salt), 4096);
    }

    private static ScramServer server256() {
        return ScramServer.withNonce(ScramMechanism.SHA_256, null, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
    }

    private static ScramServer challenged256() {
        ScramServer server = server256();
        server.begin(FIRST_256);
        server.challenge(secret(ScramMechanism.SHA_256, "pencil", "W22ZaJ0SNY7soEsUEjb6gQ=="));
        return server;
    }

    @Test
    @DisplayName("RFC 7677 §3: SCRAM-SHA-256, both ends")
    void theExampleOfSha256() {
        ScramServer server = server256();
        assertThat(server.begin(FIRST_256)).isEqualTo("user");
        assertThat(server.challenge(secret(ScramMechanism.SHA_256, "pencil", "W22ZaJ0SNY7soEsUEjb6gQ==")))
                .isEqualTo(CHALLENGE_256);
        server.finish(FINAL_256);
        assertThat(server.isProven()).isTrue();
        assertThat(server.verification()).isEqualTo(VERIFICATION_256);

        ScramClient client = ScramClient.withNonce(ScramMechanism.SHA_256, "user", "pencil", "rOprNGfwEbeRWgbNEkqO");
        assertThat(client.first()).isEqualTo(FIRST_256);
        assertThat(client.answer(CHALLENGE_256)).isEqualTo(FINAL_256);
        client.verify(VERIFICATION_256);
        assertThat(client.isDone()).isTrue();
    }

    @Test
    @DisplayName("RFC 5802 §5: SCRAM-SHA-1, both ends")
    void theExampleOfSha1() {
        ScramServer server = ScramServer.withNonce(ScramMechanism.SHA_1, null, "3rfcNHYJY1ZVvWVs7j");
        ScramClient client = ScramClient.withNonce(ScramMechanism.SHA_1, "user", "pencil", "fyko+d2lbbFgONRv9qkxdawL");
        String first = client.first();
        assertThat(first).isEqualTo("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
        server.begin(first);
        String challenge = server.challenge(secret(ScramMechanism.SHA_1, "pencil", "QSXCR+Q6sek8bf92"));
        assertThat(challenge).isEqualTo("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096");
        String last = client.answer(challenge);
        assertThat(last)
                .isEqualTo("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
        server.finish(last);
        assertThat(server.verification()).isEqualTo("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");
        client.verify(server.verification());
    }

    @ParameterizedTest
    @EnumSource(ScramMechanism.class)
    void namesOfAnyTextAndBoundChannelsComeThrough(ScramMechanism mechanism) {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            String name = text(random);
            var binding = new ChannelBinding("tls-exporter", text(random).getBytes(StandardCharsets.UTF_8));
            boolean plus = random.nextBoolean();
            ScramServer server =
                    plus ? ScramServer.plus(mechanism, binding) : ScramServer.of(mechanism, random.nextBoolean());
            ScramClient client = plus
                    ? ScramClient.plus(mechanism, name, "secret", binding)
                    : ScramClient.of(mechanism, name, "secret", false);
            assertThat(server.begin(client.first())).as("seed " + seed).isEqualTo(name);
            server.finish(client.answer(server.challenge(secret(mechanism, "secret", "AAAA"))));
            client.verify(server.verification());
            assertThat(client.isDone()).as("seed " + seed).isTrue();
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder("u");
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append("abc,=\u00E4\u00F6 %$3DC2".charAt(random.nextInt(14)));
        }
        return text.toString();
    }

    @Test
    @DisplayName("CRD-5: a wrong password is not proven, and the server proves nothing to its owner")
    void aWrongPasswordIsNotProven() {
        ScramServer server = challenged256();
        ScramClient client = ScramClient.withNonce(ScramMechanism.SHA_256, "user", "pen", "rOprNGfwEbeRWgbNEkqO");
        client.first();
        server.finish(client.answer(CHALLENGE_256));

        assertThat(server.isProven()).isFalse();
        assertThatThrownBy(server::verification).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.verify(ScramServer.refusal()))
                .isInstanceOf(PeerViolation.class)
                .hasMessageContaining("invalid-proof");
        assertThat(client.isDone()).isFalse();
    }

    @Test
    void aServerThatDoesNotKnowThePasswordIsNotTrusted() {
        ScramClient client = ScramClient.withNonce(ScramMechanism.SHA_256, "user", "pencil", "rOprNGfwEbeRWgbNEkqO");
        client.first();
        client.answer(CHALLENGE_256);

        assertThatThrownBy(() -> client.verify("v=" + "A".repeat(43) + "=")).hasMessageContaining("do not trust");
        assertThat(client.isDone()).isFalse();
    }

    @ParameterizedTest
    @DisplayName("RFC 5802 §7: first messages that are none")
    @ValueSource(
            strings = {
                "",
                "n",
                "n,,",
                "n,,n=user",
                "n,,r=abc,n=user",
                "x,,n=user,r=abc",
                "p=tls-exporter,,n=user,r=abc",
                "n,,n=,r=abc",
                "n,,n=us=er,r=abc",
                "n,,n=us=2c,r=abc",
                "n,,n=us\0er,r=abc",
                "n,,n=us\u0007er,r=abc",
                "n,,n=user,r=",
                "n,,n=user,r=a b",
                "n,,m=ext,n=user,r=abc",
                "n,a=root,n=user,r=abc",
                "n,root,n=user,r=abc"
            })
    void refusesFirstMessagesThatAreNone(String message) {
        assertThatThrownBy(() -> server256().begin(message)).isInstanceOf(PeerViolation.class);
    }

    @Test
    @DisplayName("RFC 5802 §6: who thinks that -PLUS was not offered, though it was, has been lied to")
    void refusesADowngrade() {
        assertThatThrownBy(() -> ScramServer.of(ScramMechanism.SHA_256, true).begin("y,,n=user,r=abc"))
                .hasMessageContaining("changed the offer");
        assertThat(ScramServer.of(ScramMechanism.SHA_256, false).begin("y,,n=user,r=abc"))
                .isEqualTo("user");
        assertThatThrownBy(
                        () -> ScramServer.plus(ScramMechanism.SHA_256, new ChannelBinding("tls-exporter", new byte[1]))
                                .begin("n,,n=user,r=abc"))
                .isInstanceOf(PeerViolation.class);
    }

    @Test
    void refusesTheBindingOfAnotherConnection() {
        ScramServer server =
                ScramServer.plus(ScramMechanism.SHA_256, new ChannelBinding("tls-exporter", new byte[] {1}));
        ScramClient client = ScramClient.plus(
                ScramMechanism.SHA_256, "user", "pencil", new ChannelBinding("tls-exporter", new byte[] {2}));
        server.begin(client.first());
        String last = client.answer(server.challenge(secret(ScramMechanism.SHA_256, "pencil", "AAAA")));

        assertThatThrownBy(() -> server.finish(last)).hasMessageContaining("channel binding");
    }

    @Test
    void refusesLastMessagesThatWereChanged() {
        for (String message : List.of(
                "",
                FINAL_256.replace("c=biws", "c=eSws"),
                FINAL_256.replace("c=biws", "c=!"),
                FINAL_256.replace("$k0", "$k1"),
                FINAL_256.replace(",p=", ",q="),
                FINAL_256.replace("dHzb", "d"),
                FINAL_256.replace(",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", ",p=dHzb"))) {
            assertThatThrownBy(() -> challenged256().finish(message))
                    .as(message)
                    .isInstanceOf(PeerViolation.class);
        }
    }

    @Test
    @DisplayName("X1: iterations from 4096 to 1 000 000")
    void boundsTheWorkThatAServerMayAskFor() {
        for (String iterations : List.of("4095", "1000001", "999999999", "9999999999", "-1", "x", "")) {
            ScramClient client = ScramClient.withNonce(ScramMechanism.SHA_256, "user", "pencil", "abc");
            client.first();
            assertThatThrownBy(() -> client.answer("r=abcdef,s=AAAA,i=" + iterations))
                    .as(iterations)
                    .isInstanceOf(PeerViolation.class);
        }
        ScramClient client = ScramClient.withNonce(ScramMechanism.SHA_1, "user", "pencil", "abc");
        client.first();
        assertThat(client.answer("r=abcdef,s=AAAA,i=1000000")).startsWith("c=biws");
    }

    @Test
    void refusesANonceThatIsNotOursAndMore() {
        for (String nonce : List.of("abc", "ab", "xabcdef")) {
            ScramClient client = ScramClient.withNonce(ScramMechanism.SHA_256, "user", "pencil", "abc");
            client.first();
            assertThatThrownBy(() -> client.answer("r=" + nonce + ",s=AAAA,i=4096"))
                    .isInstanceOf(PeerViolation.class);
        }
    }

    @Test
    @DisplayName("G1: messages beyond MESSAGE_MAX_CHARS")
    void refusesLongMessages() {
        String atLimit = "n,,n=user,r=" + "a".repeat(ScramText.MESSAGE_MAX_CHARS - 12);
        assertThat(server256().begin(atLimit)).isEqualTo("user");
        assertThatThrownBy(() -> server256().begin(atLimit + "a")).hasMessageContaining("MESSAGE_MAX_CHARS");
    }

    @Test
    @DisplayName("G5: each call has its time")
    void eachCallHasItsTime() {
        assertThatThrownBy(() -> server256().finish(FINAL_256)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> challenged256().isProven()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> challenged256().begin(FIRST_256)).isInstanceOf(IllegalStateException.class);
        ScramClient client = ScramClient.of(ScramMechanism.SHA_256, "user", "pencil", false);
        assertThatThrownBy(() -> client.verify("v=AAAA")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("RFC 2195 §2: the example of CRAM-MD5, both ends")
    void theExampleOfCramMd5() {
        String challenge = "<1896.697170952@postoffice.reston.mci.net>";
        String answer = "tim b913a602c7eda7a495b4e6e7334d3890";

        assertThat(CramMd5.challenge("1896", 697170952, "postoffice.reston.mci.net"))
                .isEqualTo(challenge);
        assertThat(CramMd5.answer(challenge, "tim", "tanstaaftanstaaf")).isEqualTo(answer);
        assertThat(CramMd5.parse(answer).isOf(challenge, "tanstaaftanstaaf")).isTrue();
        assertThat(CramMd5.parse(answer).isOf(challenge, "tanstaaf")).isFalse();
        assertThat(CramMd5.parse("a b " + "0".repeat(32)).username()).isEqualTo("a b");
    }

    @Test
    void challengesOfCramMd5AreNeverTheSame() {
        assertThat(CramMd5.challenge(1, "host")).isNotEqualTo(CramMd5.challenge(1, "host"));
        assertThatThrownBy(() -> CramMd5.challenge(1, "a b\r\n")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tim",
                " b913a602c7eda7a495b4e6e7334d3890",
                "tim b913",
                "tim B913A602C7EDA7A495B4E6E7334D3890"
            })
    void refusesAnswersOfCramMd5ThatAreNone(String answer) {
        assertThatThrownBy(() -> CramMd5.parse(answer)).isInstanceOf(PeerViolation.class);
    }
}
