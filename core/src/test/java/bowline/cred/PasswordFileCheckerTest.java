package bowline.cred;

import static bowline.testing.DeferredAssertions.assertNoResult;
import static bowline.testing.DeferredAssertions.failureResultOf;
import static bowline.testing.DeferredAssertions.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.cred.hash.Argon2;
import bowline.cred.hash.Bcrypt;
import bowline.cred.hash.HashLimits;
import bowline.cred.hash.ScramMechanism;
import bowline.cred.hash.ScramSecret;
import bowline.cred.sasl.CramMd5;
import bowline.cred.sasl.ScramClient;
import bowline.cred.sasl.ScramServer;
import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.log.CapturedLogs;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// CRD-6, CRD-8: users in a file; CRD-9: checkers from the command line.
class PasswordFileCheckerTest {
    private static final byte[] SALT = new byte[16];

    @TempDir
    private Path folder;

    private Path file(String... lines) throws IOException {
        Path file = folder.resolve("passwords");
        Files.write(file, List.of(lines));
        return file;
    }

    private static String hash(String password) {
        return Bcrypt.of(password, SALT, 4).text();
    }

    private static PasswordFileChecker checker(Path file, PasswordFileOptions options) {
        return new PasswordFileChecker(file, options, SlowWork.atOnce());
    }

    private static Deferred<AvatarId> ask(CredentialsChecker checker, String username, String password) {
        return checker.requestAvatarId(new UsernamePassword(username, password));
    }

    @Test
    void recognisesUsersByTheirHashes() throws IOException {
        var checker = checker(
                file("# users", "", "alice:" + hash("secret"), "bob:" + hash("hidden")), PasswordFileOptions.DEFAULT);

        assertThat(successResultOf(ask(checker, "alice", "secret"))).isEqualTo(AvatarId.of("alice"));
        assertThat(successResultOf(ask(checker, "bob", "hidden"))).isEqualTo(AvatarId.of("bob"));
        failureResultOf(ask(checker, "alice", "hidden"), UnauthorizedLogin.class);
        failureResultOf(ask(checker, "Alice", "secret"), UnauthorizedLogin.class);
        failureResultOf(ask(checker, "", ""), UnauthorizedLogin.class);
    }

    @Test
    @DisplayName("CRD-5, G12: a hash is computed for an unknown user too, and even its password does not let them in")
    void worksForUnknownUsers() throws IOException {
        int memoryKib = 8192;
        var checker = checker(
                file("alice:" + Argon2.of("secret", SALT, memoryKib, 1, 1).text()), PasswordFileOptions.DEFAULT);
        failureResultOf(ask(checker, "alice", "wrong"), UnauthorizedLogin.class);

        // argon2 fills its memory, so memory tells that it was at work.
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        failureResultOf(ask(checker, "nobody", "secret"), UnauthorizedLogin.class);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isGreaterThan(memoryKib * 1024L);
    }

    @Test
    @DisplayName("CRD-6: delimiter, fields, case")
    void otherForms() throws IOException {
        var options = PasswordFileOptions.DEFAULT.delimiter(';').fields(2, 0).caseInsensitive();
        var checker = checker(file(hash("secret") + ";x;Alice;y"), options);

        assertThat(successResultOf(ask(checker, "aLICE", "secret"))).isEqualTo(AvatarId.of("Alice"));
    }

    @Test
    @DisplayName("CRD-6: read again when the modification time changes, and only then")
    void cachesByModificationTime() throws IOException {
        Path file = file("alice:" + hash("one"));
        Instant then = Instant.parse("2020-01-01T00:00:00Z");
        Files.setLastModifiedTime(file, FileTime.from(then));
        var checker = checker(file, PasswordFileOptions.DEFAULT);
        successResultOf(ask(checker, "alice", "one"));

        file("alice:" + hash("two"));
        Files.setLastModifiedTime(file, FileTime.from(then));
        successResultOf(ask(checker, "alice", "one"));

        Files.setLastModifiedTime(file, FileTime.from(then.plusSeconds(1)));
        successResultOf(ask(checker, "alice", "two"));
        failureResultOf(ask(checker, "alice", "one"), UnauthorizedLogin.class);
    }

    @Test
    @DisplayName("CRD-6: a file that cannot be read refuses everybody, and the log says so once")
    void unreadable() {
        var checker = checker(folder.resolve("absent"), PasswordFileOptions.DEFAULT);
        try (CapturedLogs logs = CapturedLogs.open()) {
            failureResultOf(ask(checker, "alice", "secret"), UnauthorizedLogin.class);
            failureResultOf(ask(checker, "bob", "secret"), UnauthorizedLogin.class);
            assertThat(logs.events()).hasSize(1);
        }
    }

    @Test
    @DisplayName("a line that cannot be used is left out, and the log names it without its hash; others still work")
    void badLines() throws IOException {
        Path file = file(
                "alice:plain-secret",
                "bob",
                "carol:" + hash("c").replace("$04$", "$31$"),
                "dave:" + hash("d"),
                "dave:" + hash("e"));
        var checker = checker(file, PasswordFileOptions.DEFAULT);
        try (CapturedLogs logs = CapturedLogs.open()) {
            successResultOf(ask(checker, "dave", "d"));
            failureResultOf(ask(checker, "dave", "e"), UnauthorizedLogin.class);
            failureResultOf(ask(checker, "alice", "plain-secret"), UnauthorizedLogin.class);
            String text = logs.events().stream().map(Object::toString).toList().toString();
            assertThat(logs.events()).hasSize(4);
            assertThat(text).contains("bcryptCostMax").doesNotContain("plain-secret");
        }
    }

    @Test
    @DisplayName("G1: fileMaxBytes, usersMax, and those of hashes")
    void limits() throws IOException {
        var shortPasswords = PasswordFileOptions.DEFAULT.limits(HashLimits.DEFAULT.passwordMaxBytes(2));
        var short2 = checker(file("two:" + hash("22"), "three:" + hash("333")), shortPasswords);
        successResultOf(ask(short2, "two", "22"));
        failureResultOf(ask(short2, "three", "333"), UnauthorizedLogin.class);

        String line = "a:" + hash("a");
        Path file = file(line, "b:" + hash("b"));
        long size = Files.size(file);

        successResultOf(ask(checker(file, PasswordFileOptions.DEFAULT.fileLimits(size, 2)), "b", "b"));
        try (CapturedLogs logs = CapturedLogs.open()) {
            failureResultOf(
                    ask(checker(file, PasswordFileOptions.DEFAULT.fileLimits(size - 1, 2)), "a", "a"),
                    LoginFailed.class);
            failureResultOf(
                    ask(checker(file, PasswordFileOptions.DEFAULT.fileLimits(size, 1)), "a", "a"), LoginFailed.class);
            failureResultOf(
                    ask(
                            checker(file, PasswordFileOptions.DEFAULT.limits(HashLimits.DEFAULT.bcryptCostMax(3))),
                            "a",
                            "a"),
                    LoginFailed.class);
            assertThat(logs.events().toString()).contains("fileMaxBytes", "usersMax", "bcryptCostMax");
        }
    }

    /// Work that waits until the test lets it go on.
    private static final class HeldWork implements SlowWork.Runner {
        private final List<Runnable> waiting = new ArrayList<>();

        @Override
        public <T extends @Nullable Object> Deferred<T> run(Callable<T> work) {
            var answer = new Deferred<T>();
            waiting.add(() -> Deferred.execute(work).chainDeferred(answer));
            return answer;
        }
    }

    @Test
    @DisplayName("files and slow hashes wait elsewhere, at most pendingMax of them; places are given back")
    void boundsWaitingWork() throws IOException {
        var held = new HeldWork();
        Path file = file("alice:" + hash("secret"));
        var checker = new PasswordFileChecker(
                file, PasswordFileOptions.DEFAULT, SlowWork.on(held).pendingMax(2));

        Deferred<AvatarId> first = ask(checker, "alice", "secret");
        Deferred<AvatarId> second = ask(checker, "alice", "wrong");
        assertNoResult(first);
        assertThat(failureResultOf(ask(checker, "alice", "secret"), LoginDenied.class)
                        .message())
                .contains("pendingMax");
        held.waiting.get(0).run();
        assertThat(successResultOf(first)).isEqualTo(AvatarId.of("alice"));
        assertNoResult(ask(checker, "alice", "secret"));
        held.waiting.get(1).run();
        failureResultOf(second, UnauthorizedLogin.class);
        assertNoResult(ask(checker, "alice", "secret"));
        assertThat(held.waiting).hasSize(4);
    }

    @Test
    @DisplayName("a login that is cancelled is over at once; its work keeps its place until it is done")
    void cancelled() throws IOException {
        var held = new HeldWork();
        var checker = new PasswordFileChecker(
                file("alice:" + hash("secret")),
                PasswordFileOptions.DEFAULT,
                SlowWork.on(held).pendingMax(1));
        Deferred<AvatarId> login = ask(checker, "alice", "secret");
        login.cancel();

        failureResultOf(login, CancelledError.class);
        failureResultOf(ask(checker, "alice", "secret"), LoginDenied.class);
        held.waiting.getFirst().run();
        assertNoResult(ask(checker, "alice", "secret"));
    }

    @Test
    @DisplayName("nothing of the file is looked at before the work is given its turn, whatever the credentials")
    void readsElsewhere() throws IOException {
        var held = new HeldWork();
        Path absent = folder.resolve("passwords");
        var checker = new PasswordFileChecker(absent, PasswordFileOptions.DEFAULT, SlowWork.on(held));
        String challenge = CramMd5.challenge(1, "host");
        var answer = CramMd5.parse(CramMd5.answer(challenge, "alice", "secret"));
        List<Deferred<?>> asked = List.of(
                ask(checker, "alice", "secret"),
                checker.requestAvatarId(new CramMd5Credentials(challenge, answer)),
                checker.scramSecret("alice", ScramMechanism.SHA_256));

        file("alice:{PLAIN}secret");
        held.waiting.forEach(Runnable::run);
        asked.forEach(each -> successResultOf(each));
    }

    @Test
    @DisplayName("G1: a file above a limit is not read again before it has changed, and the log says so once")
    void aFileAboveALimitIsNotReadAgain() throws IOException {
        Path file = file("a:" + hash("a"));
        var checker = checker(file, PasswordFileOptions.DEFAULT.fileLimits(Files.size(file) - 1, 1));
        try (CapturedLogs logs = CapturedLogs.open()) {
            failureResultOf(ask(checker, "a", "a"), UnauthorizedLogin.class);
            failureResultOf(ask(checker, "a", "a"), UnauthorizedLogin.class);
            assertThat(logs.events()).hasSize(1);

            file("b:{PLAIN}b");
            assertThat(successResultOf(ask(checker, "b", "b"))).isEqualTo(AvatarId.of("b"));
        }
    }

    @Test
    @DisplayName("what is no regular file refuses everybody and does not keep a thread waiting")
    void noRegularFile() {
        var checker = checker(folder, PasswordFileOptions.DEFAULT);
        try (CapturedLogs logs = CapturedLogs.open()) {
            failureResultOf(ask(checker, "a", "a"), UnauthorizedLogin.class);
            assertThat(logs.events().toString()).contains("no regular file");
        }
    }

    @Test
    @DisplayName("CRD-7: SCRAM from a line with a secret, and from a plain one")
    void scram() throws IOException {
        var secret = ScramSecret.of(ScramMechanism.SHA_256, "secret", SALT, 5000);
        var checker = checker(
                file("alice:" + secret.text() + ":rest", "bob:{PLAIN}hidden", "carol:" + hash("c")),
                PasswordFileOptions.DEFAULT);

        assertThat(successResultOf(scram(checker, ScramMechanism.SHA_256, "alice", "secret")))
                .isEqualTo(AvatarId.of("alice"));
        successResultOf(scram(checker, ScramMechanism.SHA_1, "bob", "hidden"));
        successResultOf(scram(checker, ScramMechanism.SHA_256, "bob", "hidden"));
        successResultOf(ask(checker, "alice", "secret"));
        failureResultOf(scram(checker, ScramMechanism.SHA_256, "alice", "hidden"), UnauthorizedLogin.class);
        failureResultOf(scram(checker, ScramMechanism.SHA_1, "alice", "secret"), UnauthorizedLogin.class);
        failureResultOf(scram(checker, ScramMechanism.SHA_256, "carol", "c"), UnauthorizedLogin.class);
        failureResultOf(scram(checker, ScramMechanism.SHA_256, "nobody", "c"), UnauthorizedLogin.class);
        assertThat(successResultOf(checker.scramSecret("nobody", ScramMechanism.SHA_256))
                        .iterations())
                .isEqualTo(5000);
    }

    private static Deferred<AvatarId> scram(
            PasswordFileChecker checker, ScramMechanism mechanism, String username, String password) {
        ScramServer server = ScramServer.of(mechanism, false);
        ScramClient client = ScramClient.of(mechanism, username, password, false);
        server.begin(client.first());
        server.finish(client.answer(server.challenge(successResultOf(checker.scramSecret(username, mechanism)))));
        return checker.requestAvatarId(new ScramCredentials(server));
    }

    @Test
    @DisplayName("CRD-9: --auth type:argument, and its help")
    void authStrings() throws IOException {
        Path file = file("alice:" + hash("secret"));
        SlowWork work = SlowWork.atOnce();

        successResultOf(ask(AuthString.checker("file:" + file, work), "alice", "secret"));
        successResultOf(ask(AuthString.checker("Memory:alice:a:bob:b", work), "bob", "b"));
        assertThat(AuthString.checker("anonymous", work)).isInstanceOf(AnonymousChecker.class);
        AuthString.checker("sshkey:" + folder, work);
        assertThat(AuthString.help()).contains("memory:", "file:", "unix", "anonymous", "sshkey:");
        assertThat(AuthString.help("file")).contains("bcrypt");
    }

    @Test
    @DisplayName("CRD-9: what is wrong with --auth is said without the argument, which may be a password")
    void badAuthStrings() {
        for (String bad : List.of(
                "memory:hushhush",
                "memory:",
                "memory:a:b:hushhush",
                "file:",
                "file:/no/hushhush-",
                "anonymous:hushhush",
                "unix",
                "sshkey:/no/such",
                "nosuchtype:hushhush",
                "")) {
            assertThatThrownBy(() -> AuthString.checker(bad, SlowWork.atOnce()))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain("hushhush ");
        }
        assertThatThrownBy(() -> AuthString.checker("unix", SlowWork.atOnce())).hasMessageContaining("Linux");
        assertThatThrownBy(() -> AuthString.checker("memory:hushhush", SlowWork.atOnce()))
                .message()
                .doesNotContain("hushhush");
    }
}
