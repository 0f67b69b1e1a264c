package bowline.cred.digest;

import static bowline.testing.DeferredAssertions.failureResultOf;
import static bowline.testing.DeferredAssertions.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.cred.AvatarId;
import bowline.cred.CredentialsChecker;
import bowline.cred.Login;
import bowline.cred.LoginDenied;
import bowline.cred.LoginFailed;
import bowline.cred.MemoryChecker;
import bowline.cred.PasswordFileChecker;
import bowline.cred.PasswordFileOptions;
import bowline.cred.Portal;
import bowline.cred.Realm;
import bowline.cred.SlowWork;
import bowline.cred.UnauthorizedLogin;
import bowline.defer.Deferred;
import bowline.machine.PeerViolation;
import bowline.testing.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// CRD-7: HTTP Digest (RFC 7616).
class DigestTest {
    private static final String CLIENT = "192.0.2.1";

    private final ManualClock clock = new ManualClock();
    private final DigestChallenger challenger =
            new DigestChallenger(DigestAlgorithm.SHA_256, "a \"realm\"", clock::now);

    @ParameterizedTest
    @DisplayName("RFC 7616 §3.9.1")
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA_256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void theExample(DigestAlgorithm algorithm, String response) {
        var request = new DigestResponse(
                algorithm,
                "Mufasa",
                "http-auth@example.org",
                "GET",
                "/dir/index.html",
                "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                "00000001",
                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
                null);
        assertThat(request.of("Circle of Life")).isEqualTo(response);
    }

    @Test
    @DisplayName("RFC 2617 §3.5")
    void theOldExample() {
        var request = new DigestResponse(
                DigestAlgorithm.MD5,
                "Mufasa",
                "testrealm@host.com",
                "GET",
                "/dir/index.html",
                "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                "00000001",
                "0a4f113b",
                null);
        assertThat(request.of("Circle Of Life")).isEqualTo("6629fae49393a05397450978507c4ef1");
    }

    private static String answer(
            DigestAlgorithm algorithm, String challenge, String count, String password, @Nullable String body) {
        Map<String, String> given = DigestParameters.read(challenge);
        var request = new DigestResponse(
                algorithm,
                "al\"ice",
                given.get("realm"),
                "GET",
                "/x?y",
                given.get("nonce"),
                count,
                "cnonce",
                body == null ? null : algorithm.hash(body.getBytes(StandardCharsets.UTF_8)));
        return "Digest username=\"al\\\"ice\", realm=" + DigestParameters.quote(given.get("realm"))
                + ",nonce=\"" + given.get("nonce") + "\" , uri=\"/x?y\", algorithm=" + algorithm.title() + ", nc="
                + count
                + ", cnonce=\"cnonce\", qop=" + (body == null ? "auth" : "auth-int") + ", response=\""
                + request.of(password) + "\", opaque=\"" + given.get("opaque") + "\"";
    }

    private DigestCredentials decode(String header) throws LoginFailed {
        return challenger.decode(header, "GET", "/x?y", CLIENT, null);
    }

    private boolean logsIn(String header) throws LoginFailed {
        return successResultOf(decode(header).checkPassword("secret"));
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void aChallengeAndItsAnswer(DigestAlgorithm algorithm) throws LoginFailed {
        var each = new DigestChallenger(algorithm, "r", clock::now);
        String header = answer(algorithm, each.challenge(CLIENT, false), "00000001", "secret", "the body");
        byte[] body = "the body".getBytes(StandardCharsets.UTF_8);

        DigestCredentials credentials = each.decode(header, "GET", "/x?y", CLIENT, body);
        assertThat(credentials.username()).isEqualTo("al\"ice");
        assertThat(successResultOf(credentials.checkPassword("wrong"))).isFalse();
        String key = algorithm.hash("al\"ice:r:secret".getBytes(StandardCharsets.UTF_8));
        assertThat(successResultOf(credentials.checkHash(key))).isTrue();
        assertThat(successResultOf(
                        each.decode(header, "GET", "/x?y", CLIENT, new byte[1]).checkPassword("secret")))
                .isFalse();
        assertThatThrownBy(() -> each.decode(header, "GET", "/x?y", CLIENT, null))
                .isInstanceOf(LoginFailed.class);
    }

    @Test
    @DisplayName("CRD-2, CRD-7: Digest through a portal, against passwords in memory and in a file; a replay is denied")
    void throughAPortal(@TempDir Path folder) throws Exception {
        Path users = Files.writeString(folder.resolve("users"), "al\"ice:{PLAIN}secret\nhashed:$5$salt$x\n");
        List<CredentialsChecker> checkers = List.of(
                new MemoryChecker().addUser("al\"ice", "secret"),
                new PasswordFileChecker(users, PasswordFileOptions.DEFAULT, SlowWork.atOnce()));
        Realm realm = (id, _, _) -> Deferred.succeed(new Login<>(AvatarId.class, id, () -> {}));
        for (CredentialsChecker checker : checkers) {
            var portal = new Portal(realm, checker);
            String challenge = challenger.challenge(CLIENT, false);
            DigestCredentials right = decode(answer(DigestAlgorithm.SHA_256, challenge, "00000001", "secret", null));
            DigestCredentials wrong = decode(answer(DigestAlgorithm.SHA_256, challenge, "00000002", "guess", null));
            String forger = answer(DigestAlgorithm.SHA_256, challenge, "00000003", "secret", null);
            DigestCredentials unknown = decode(forger.replace("al\\\"ice", "bob"));

            assertThat(portal.takes(DigestCredentials.class)).isTrue();
            assertThat(successResultOf(portal.login(right, null, AvatarId.class))
                            .avatar())
                    .isEqualTo(AvatarId.of("al\"ice"));
            failureResultOf(portal.login(right, null, AvatarId.class), LoginDenied.class);
            failureResultOf(portal.login(wrong, null, AvatarId.class), UnauthorizedLogin.class);
            failureResultOf(portal.login(unknown, null, AvatarId.class), UnauthorizedLogin.class);
        }
    }

    @Test
    @DisplayName("CRD-7: a nonce lives 900 seconds, for one client, of one server")
    void lifetime() throws LoginFailed {
        String challenge = challenger.challenge(CLIENT, true);
        assertThat(challenge).contains("stale=true").startsWith("Digest realm=\"a \\\"realm\\\"\"");
        clock.advance(Duration.ofSeconds(900));
        assertThat(logsIn(answer(DigestAlgorithm.SHA_256, challenge, "00000001", "secret", null)))
                .isTrue();
        clock.advance(Duration.ofMillis(1));
        String second = answer(DigestAlgorithm.SHA_256, challenge, "00000002", "secret", null);
        assertThatThrownBy(() -> decode(second)).isInstanceOf(StaleNonce.class);

        String fresh = answer(DigestAlgorithm.SHA_256, challenger.challenge(CLIENT, false), "00000001", "secret", null);
        assertThatThrownBy(() -> challenger.decode(fresh, "GET", "/x?y", "192.0.2.2", null))
                .isInstanceOf(StaleNonce.class);
        var other = new DigestChallenger(DigestAlgorithm.SHA_256, "a \"realm\"", clock::now);
        assertThatThrownBy(() -> other.decode(fresh, "GET", "/x?y", CLIENT, null))
                .isInstanceOf(StaleNonce.class);
        assertThatThrownBy(() -> decode(fresh.replace("opaque=\"", "opaque=\"x")))
                .isInstanceOf(LoginFailed.class);
        assertThatThrownBy(() -> challenger.decode(fresh, "GET", "/other", CLIENT, null))
                .isInstanceOf(PeerViolation.class);
        assertThat(logsIn(fresh)).isTrue();
    }

    @Test
    @DisplayName("RFC 7616 §3.4: a count is good once, in any order within 64; a wrong password uses none up")
    void counts() throws LoginFailed {
        String challenge = challenger.challenge(CLIENT, false);
        assertThat(logsIn(answer(DigestAlgorithm.SHA_256, challenge, "00000041", "wrong", null)))
                .isFalse();
        for (String count : new String[] {"00000041", "00000002", "00000040", "0000ffff", "ffffffff"}) {
            String header = answer(DigestAlgorithm.SHA_256, challenge, count, "secret", null);
            assertThat(logsIn(header)).as(count).isTrue();
            failureResultOf(decode(header).checkPassword("secret"), LoginDenied.class);
        }
        String behind = answer(DigestAlgorithm.SHA_256, challenge, "ffffffbf", "secret", null);
        failureResultOf(decode(behind).checkPassword("secret"), LoginDenied.class);
    }

    @Test
    @DisplayName("G2: beyond nonceCountsMax the oldest nonce becomes stale, and cannot be used again")
    void boundsWhatIsKept() throws LoginFailed {
        var small = new DigestChallenger(DigestAlgorithm.SHA_256, "r", clock::now, 2);
        String first = answer(DigestAlgorithm.SHA_256, small.challenge(CLIENT, false), "00000001", "secret", null);
        successResultOf(small.decode(first, "GET", "/x?y", CLIENT, null).checkPassword("secret"));
        for (int i = 0; i < 2; i++) {
            clock.advance(Duration.ofSeconds(1));
            String next = answer(DigestAlgorithm.SHA_256, small.challenge(CLIENT, false), "00000001", "secret", null);
            assertThat(successResultOf(
                            small.decode(next, "GET", "/x?y", CLIENT, null).checkPassword("secret")))
                    .isTrue();
        }
        assertThatThrownBy(() -> small.decode(first, "GET", "/x?y", CLIENT, null))
                .isInstanceOf(StaleNonce.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic x",
                "Digest",
                "Digest x",
                "Digest nonce",
                "Digest nonce=\"x",
                "Digest nonce=\"x\\",
                "Digest nonce=x, nonce=y",
                "Digest nonce=x nc=1",
                "Digest nonce=x, nc=1",
                "Digest nonce=x, nc=00000000, qop=auth",
                "Digest nonce=x, nc=-0000001, qop=auth",
                "Digest nonce=x, nc=00000001"
            })
    void refusesHeadersThatAreNone(String header) {
        assertThatThrownBy(() -> decode(header)).isInstanceOf(PeerViolation.class);
    }

    @Test
    void refusesLongHeaders() {
        assertThatThrownBy(() -> decode("Digest nonce=" + "x".repeat(DigestParameters.HEADER_MAX_CHARS)))
                .hasMessageContaining("HEADER_MAX_CHARS");
    }
}
