package bowline.cred;

import static bowline.testing.DeferredAssertions.assertNoResult;
import static bowline.testing.DeferredAssertions.failureResultOf;
import static bowline.testing.DeferredAssertions.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;

import bowline.cred.hash.ScramMechanism;
import bowline.cred.hash.ScramSecret;
import bowline.cred.sasl.CramMd5;
import bowline.cred.sasl.ScramClient;
import bowline.cred.sasl.ScramServer;
import bowline.defer.Deferred;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Section 40: the portal, and the checkers that need no file.
class PortalTest {
    private interface Mailbox {
        AvatarId owner();
    }

    private record Box(AvatarId owner, @Nullable Object mind) implements Mailbox {}

    private final List<String> logouts = new ArrayList<>();
    private final MemoryChecker memory = new MemoryChecker().addUser("alice", "secret");
    private final Portal portal = new Portal(this::requestAvatar, memory, new AnonymousChecker());

    private Deferred<Login<?>> requestAvatar(AvatarId id, @Nullable Object mind, List<Class<?>> interfaces) {
        return Deferred.succeed(new Login<>(Mailbox.class, new Box(id, mind), () -> logouts.add(id.toString())));
    }

    private Deferred<Login<Mailbox>> login(Credentials credentials) {
        return portal.login(credentials, "mind", Mailbox.class);
    }

    @Test
    @DisplayName("CRD-1: a login answers interface, avatar and logout; the realm gets the mind")
    void logsIn() {
        Login<Mailbox> login = successResultOf(login(new UsernamePassword("alice", "secret")));

        assertThat(login.avatarInterface()).isEqualTo(Mailbox.class);
        assertThat(login.avatar()).isEqualTo(new Box(AvatarId.of("alice"), "mind"));
    }

    @Test
    @DisplayName("CRD-1: what the realm gives must be one of the interfaces asked for; else it is logged out")
    void wrongInterface() {
        Deferred<Login<Runnable>> login = portal.login(new UsernamePassword("alice", "secret"), null, Runnable.class);

        assertThat(failureResultOf(login).message()).contains("not asked for");
        assertThat(logouts).containsExactly("\"alice\"");
    }

    @Test
    @DisplayName("CRD-4: the realm's logout runs once")
    void logsOutOnce() throws Exception {
        Login<Mailbox> login = successResultOf(login(new UsernamePassword("alice", "secret")));
        login.logout();
        login.logout();

        assertThat(logouts).containsExactly("\"alice\"");
    }

    @Test
    @DisplayName("CRD-5: unknown user and wrong password are refused alike")
    void refusesAlike() {
        var wrong = failureResultOf(login(new UsernamePassword("alice", "wrong")), UnauthorizedLogin.class);
        var unknown = failureResultOf(login(new UsernamePassword("alicf", "secret")), UnauthorizedLogin.class);

        assertThat(unknown.message()).isEqualTo(wrong.message().replace("alice", "alicf"));
        assertThat(wrong.value()).isInstanceOf(LoginFailed.class).isInstanceOf(Unauthorized.class);
    }

    @Test
    @DisplayName("CRD-2: credentials that no checker takes")
    void unhandled() {
        record Retina() implements Credentials {}

        failureResultOf(login(new Retina()), UnhandledCredentials.class);
    }

    @Test
    @DisplayName(
            "CRD-2: the first registered checker for a kind that the credentials provide is asked; its Deferred is awaited")
    void firstCheckerThatFits() {
        var late = new Deferred<AvatarId>();
        var own = new Portal(
                this::requestAvatar,
                checker(UsernamePassword.class, late),
                checker(UsernameHashedPassword.class, new Deferred<>()));
        Deferred<Login<Mailbox>> login = own.login(new UsernamePassword("x", "y"), null, Mailbox.class);
        assertNoResult(login);
        late.callback(AvatarId.of("late"));

        assertThat(successResultOf(login).avatar().owner()).isEqualTo(AvatarId.of("late"));
    }

    @Test
    @DisplayName("CRD-3: a later registration for the same kind replaces the earlier")
    void laterReplacesEarlier() {
        portal.registerChecker(checker(Anonymous.class, Deferred.succeed(AvatarId.of("guest"))));

        assertThat(successResultOf(login(new Anonymous())).avatar().owner()).isEqualTo(AvatarId.of("guest"));
        assertThat(portal.credentialInterfaces()).hasSize(3);
    }

    private static CredentialsChecker checker(Class<? extends Credentials> kind, Deferred<AvatarId> answer) {
        return new CredentialsChecker() {
            @Override
            public List<Class<? extends Credentials>> credentialInterfaces() {
                return List.of(kind);
            }

            @Override
            public Deferred<AvatarId> requestAvatarId(Credentials credentials) {
                return answer;
            }
        };
    }

    @Test
    @DisplayName("CRD-6: the anonymous user is no user of any name")
    void anonymous() {
        AvatarId id = successResultOf(login(new Anonymous())).avatar().owner();

        assertThat(id).isEqualTo(AvatarId.ANONYMOUS).isNotEqualTo(AvatarId.of("(anonymous)"));
    }

    @Test
    @DisplayName("CRD-7: CRAM-MD5 against passwords in memory")
    void cramMd5() {
        String challenge = CramMd5.challenge(1, "host");
        successResultOf(login(cram(challenge, "alice", "secret")));
        failureResultOf(login(cram(challenge, "alice", "wrong")), UnauthorizedLogin.class);
        failureResultOf(login(cram(challenge, "bob", "\0 the password of nobody")), UnauthorizedLogin.class);
    }

    private static CramMd5Credentials cram(String challenge, String username, String password) {
        return new CramMd5Credentials(challenge, CramMd5.parse(CramMd5.answer(challenge, username, password)));
    }

    @Test
    @DisplayName("CRD-7: SCRAM against passwords in memory; an unknown user is challenged like a known one")
    void scram() {
        for (ScramMechanism mechanism : ScramMechanism.values()) {
            successResultOf(login(scram(mechanism, "alice", "secret")));
            failureResultOf(login(scram(mechanism, "alice", "wrong")), UnauthorizedLogin.class);
            failureResultOf(login(scram(mechanism, "bob", "secret")), UnauthorizedLogin.class);
        }
        ScramSecret once = successResultOf(memory.scramSecret("bob", ScramMechanism.SHA_256));
        ScramSecret again = successResultOf(memory.scramSecret("bob", ScramMechanism.SHA_256));
        ScramSecret known = successResultOf(memory.scramSecret("alice", ScramMechanism.SHA_256));
        assertThat(again.salt()).isEqualTo(once.salt()).hasSameSizeAs(known.salt());
        assertThat(once.iterations()).isEqualTo(known.iterations());
    }

    private ScramCredentials scram(ScramMechanism mechanism, String username, String password) {
        ScramServer server = ScramServer.of(mechanism, false);
        ScramClient client = ScramClient.of(mechanism, username, password, false);
        server.begin(client.first());
        server.finish(
                client.answer(server.challenge(successResultOf(memory.scramSecret(server.username(), mechanism)))));
        return new ScramCredentials(server);
    }

    @Test
    @DisplayName("no text of credentials shows a secret, and names are escaped (G10)")
    void textsShowNoSecrets() {
        assertThat(new UsernamePassword("a\nb", "secret").toString()).isEqualTo("UsernamePassword[\"a\\nb\"]");
        var failure = failureResultOf(login(new UsernamePassword("a\nb", "hidden")), UnauthorizedLogin.class);
        assertThat(failure.message()).doesNotContain("hidden", "\n");
    }
}
