package bowline.cred.ssh;

import static bowline.testing.DeferredAssertions.failureResultOf;
import static bowline.testing.DeferredAssertions.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.cred.AvatarId;
import bowline.cred.SlowWork;
import bowline.cred.UnauthorizedLogin;
import bowline.log.CapturedLogs;
import bowline.machine.PeerViolation;
import bowline.testing.generate.Generators;
import bowline.testing.generate.Property;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// CRD-6, CRD-7: users by their keys. The key and signature are those of RFC 8032 §7.1, test 3; other kinds of keys
/// are tested against `ssh-keygen` in the conformance tests.
class SshKeyTest {
    private static final byte[] DATA = {(byte) 0xaf, (byte) 0x82};
    private static final byte[] KEY = strings(
            "ssh-ed25519".getBytes(StandardCharsets.US_ASCII),
            HexFormat.of().parseHex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"));
    private static final byte[] SIGNATURE = strings(
            "ssh-ed25519".getBytes(StandardCharsets.US_ASCII),
            HexFormat.of()
                    .parseHex("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                            + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"));

    @TempDir
    private Path folder;

    private static byte[] strings(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length + 4).sum());
        for (byte[] part : parts) {
            all.putInt(part.length).put(part);
        }
        return all.array();
    }

    private SshKeyChecker checker(String... lines) throws Exception {
        Files.write(folder.resolve("alice"), List.of(lines));
        return new SshKeyChecker(folder, SlowWork.atOnce());
    }

    private static String line() {
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(KEY) + " alice@example";
    }

    private static PublicKeyCredentials signed(String username, byte @Nullable [] signature) {
        return new PublicKeyCredentials(username, "ssh-ed25519", KEY, DATA, signature);
    }

    @Test
    void recognisesTheHolderOfAKey() throws Exception {
        var checker = checker("# keys", "", line());

        assertThat(successResultOf(checker.requestAvatarId(signed("alice", SIGNATURE))))
                .isEqualTo(AvatarId.of("alice"));
    }

    @Test
    @DisplayName("S6: a wrong signature, an unknown key and an unknown user are refused alike")
    void refusesAlike() throws Exception {
        byte[] wrong = SIGNATURE.clone();
        wrong[wrong.length - 40] ^= 1;

        failureResultOf(checker(line()).requestAvatarId(signed("alice", wrong)), UnauthorizedLogin.class);
        failureResultOf(checker(line()).requestAvatarId(signed("bob", SIGNATURE)), UnauthorizedLogin.class);
        failureResultOf(checker(line()).requestAvatarId(signed("bob", null)), UnauthorizedLogin.class);
        failureResultOf(checker("").requestAvatarId(signed("alice", SIGNATURE)), UnauthorizedLogin.class);
        failureResultOf(
                checker(line()).requestAvatarId(new PublicKeyCredentials("alice", "ssh-rsa", KEY, DATA, SIGNATURE)),
                UnauthorizedLogin.class);
    }

    @Test
    @DisplayName("RFC 4252 §7: a key that would do, without a signature, is told so and is no login")
    void asksForASignature() throws Exception {
        failureResultOf(checker(line()).requestAvatarId(signed("alice", null)), ValidPublicKey.class);
    }

    @Test
    @DisplayName("G14: names that lead out of the folder are nobody's")
    void staysInItsFolder() throws Exception {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        checker(line());

        for (String name : List.of("../alice", "..", ".", "", "/etc/passwd", "a\0b", "alice/")) {
            failureResultOf(
                    new SshKeyChecker(inner, SlowWork.atOnce()).requestAvatarId(signed(name, SIGNATURE)),
                    UnauthorizedLogin.class);
        }
    }

    @Test
    @DisplayName("lines with options are left out, for what they restrict could not be kept")
    void leavesOutLinesWithOptions() throws Exception {
        try (CapturedLogs logs = CapturedLogs.open()) {
            var checker =
                    checker("command=\"/bin/false\" " + line(), "restrict " + line(), "ssh-ed25519", "ssh-ed25519 !");
            failureResultOf(checker.requestAvatarId(signed("alice", SIGNATURE)), UnauthorizedLogin.class);
            assertThat(logs.events()).hasSize(4);
        }
    }

    @Test
    void everyCutOfAKeyOrSignatureIsRefused() {
        for (int i = 0; i < KEY.length; i++) {
            byte[] cut = Arrays.copyOf(KEY, i);
            assertThatThrownBy(() -> PublicKeyBlob.parse(cut)).isInstanceOf(PeerViolation.class);
        }
        assertThatThrownBy(() -> PublicKeyBlob.parse(Arrays.copyOf(KEY, KEY.length + 1)))
                .isInstanceOf(PeerViolation.class);
        PublicKeyBlob key = PublicKeyBlob.parse(KEY);
        for (int i = 0; i < SIGNATURE.length; i++) {
            assertThat(key.verifies("ssh-ed25519", DATA, Arrays.copyOf(SIGNATURE, i)))
                    .isFalse();
        }
        assertThat(key.verifies("ssh-ed25519", DATA, SIGNATURE)).isTrue();
    }

    @Test
    @DisplayName("G1: a length of 2^31-1, and a negative one")
    void hugeLengths() {
        for (int length : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            byte[] blob = ByteBuffer.allocate(8).putInt(length).array();
            assertThatThrownBy(() -> PublicKeyBlob.parse(blob)).isInstanceOf(PeerViolation.class);
        }
        assertThatThrownBy(() -> PublicKeyBlob.parse(new byte[PublicKeyBlob.BLOB_MAX_BYTES + 1]))
                .hasMessageContaining("BLOB_MAX_BYTES");
    }

    @Test
    @DisplayName("Whatever is in a file of keys, only whole keys come out")
    void onlyWholeKeysComeOutOfAnyFile() throws Exception {
        byte[] valid = ("# mine\n" + line() + "\n\nrestrict " + line() + "\n").getBytes(StandardCharsets.UTF_8);

        try (var _ = CapturedLogs.open()) {
            Property.check(3_000, Generators.mutated(List.of(valid), 6), bytes -> {
                for (PublicKeyBlob key : AuthorizedKeys.parse(new String(bytes, StandardCharsets.UTF_8), "file")) {
                    assertThat(key.type()).isEqualTo("ssh-ed25519");
                }
            });
        }
    }
}
