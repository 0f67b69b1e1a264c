package bowline.fuzz;

import bowline.cred.LoginFailed;
import bowline.cred.PasswordFileChecker;
import bowline.cred.PasswordFileOptions;
import bowline.cred.SlowWork;
import bowline.cred.UsernamePassword;
import bowline.cred.digest.DigestAlgorithm;
import bowline.cred.digest.DigestChallenger;
import bowline.cred.hash.HashLimits;
import bowline.cred.hash.PasswordHash;
import bowline.cred.hash.ScramMechanism;
import bowline.cred.hash.ScramSecret;
import bowline.cred.sasl.CramMd5;
import bowline.cred.sasl.ScramServer;
import bowline.cred.ssh.PublicKeyBlob;
import bowline.failure.Failure;
import bowline.machine.PeerViolation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// What those say who want to log in, and the files that know them.
final class CredTargets {
    private static final String HASH = "$2b$04$abcdefghijklmnopqrstuuDdUEPBPTvcDZmJTzHqIsx8KGjy8xlqy";

    private static final HashLimits CHEAP = HashLimits.DEFAULT
            .bcryptCostMax(4)
            .iterationsMax(4096)
            .roundsMax(1_000)
            .memoryMaxBytes(1 << 16)
            .blocksMax(64);

    private CredTargets() {}

    static List<Target> all() {
        return List.of(
                Target.of(
                        "password-hash",
                        "hashed passwords (CRD-8)",
                        CredTargets::hash,
                        HASH,
                        "$6$rounds=1000$salt$x",
                        "$argon2id$v=19$m=19,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA",
                        "SCRAM-SHA-256$4096:c2FsdA==$AAAA:AAAA"),
                Target.of(
                        "password-file",
                        "files of passwords (CRD-6)",
                        CredTargets::file,
                        "# who\nada:" + HASH + "\nbob:secret\n",
                        "ada:\n:x\n"),
                Target.of(
                        "cram-md5",
                        "answers of CRAM-MD5 (RFC 2195)",
                        CredTargets::cramMd5,
                        "ada b913a602c7eda7a495b4e6e7334d3890"),
                Target.of(
                        "scram",
                        "what SCRAM's clients say, two lines (RFC 5802)",
                        CredTargets::scram,
                        "n,,n=ada,r=fyko+d2lbbFgONRv9qkxdawL\nc=biws,r=fyko+d2lbbFgONRv9qkxdawL,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
                        "p=tls-exporter,a=ada,n=a=2Cda,r=x,y=z\nc=,r=x,p=AAAA"),
                Target.of(
                        "http-digest",
                        "Authorization: Digest (RFC 7616)",
                        CredTargets::digest,
                        "Digest username=\"ada\", realm=\"r\", nonce=\"n\", uri=\"/\", qop=auth, nc=00000001,"
                                + " cnonce=\"c\", response=\"00\", opaque=\"o\"",
                        "Digest username*=UTF-8''J%C3%A4s%C3%B8n, realm=\"a\\\"b\", nc=0"),
                Target.of(
                        "ssh-key",
                        "public keys (RFC 4253 §6.6)",
                        CredTargets::key,
                        "\0\0\0\13ssh-ed25519\0\0\0 \1\2\3\4\5\6\7\10\1\2\3\4\5\6\7\10\1\2\3\4\5\6\7\10\1\2\3\4\5\6\7\10",
                        "\0\0\0\7ssh-rsa\0\0\0\3\1\0\1\0\0\0\2\0\u00ff"));
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    private static void hash(byte[] input) {
        PasswordHash hash;
        try {
            hash = PasswordHash.parse(text(input), CHEAP);
        } catch (IllegalArgumentException refused) {
            return;
        }
        if (!PasswordHash.parse(hash.text(), CHEAP).text().equals(hash.text())) {
            throw new BrokenRule("CRD-8: a hash that was read is not read back");
        }
    }

    private static void file(byte[] input) {
        var options = PasswordFileOptions.DEFAULT.limits(CHEAP).fileLimits(100_000, 1_000);
        var checker = new PasswordFileChecker(Scratch.file(input), options, SlowWork.atOnce());
        checker.requestAvatarId(new UsernamePassword("nobody", "x"))
                .addCallbacks(
                        avatar -> {
                            throw new BrokenRule("CRD-6: " + avatar + " came in with a password that is in no file");
                        },
                        CredTargets::expected);
    }

    private static Void expected(Failure failure) {
        if (failure.check(LoginFailed.class, IOException.class) == null) {
            throw new BrokenRule("CRD-6: fails with " + failure.value(), failure.value());
        }
        return null;
    }

    private static void cramMd5(byte[] input) {
        try {
            CramMd5.Answer answer = CramMd5.parse(text(input));
            if (!CramMd5.parse(answer.username() + " " + answer.digest()).equals(answer)) {
                throw new BrokenRule("G3: " + answer + " is not read back");
            }
        } catch (PeerViolation expected) {
            // as it shall be
        }
    }

    private static void scram(byte[] input) {
        String[] lines = text(input).split("\n", 2);
        var secret = new ScramSecret(ScramMechanism.SHA_1, 4096, new byte[8], new byte[20], new byte[20]);
        var server = ScramServer.of(ScramMechanism.SHA_1, false);
        try {
            server.begin(lines[0]);
            server.challenge(secret);
            server.finish(lines.length > 1 ? lines[1] : "");
            if (server.isProven()) {
                throw new BrokenRule("CRD-3: proven by who knows no password");
            }
        } catch (PeerViolation expected) {
            // as it shall be
        }
    }

    private static void digest(byte[] input) {
        var challenger = new DigestChallenger(DigestAlgorithm.SHA_256, "r", () -> Instant.EPOCH);
        try {
            challenger.decode(text(input), "GET", "/", "192.0.2.1", null);
            throw new BrokenRule("CRD-10: took a nonce that was never given out");
        } catch (PeerViolation | LoginFailed expected) {
            // as it shall be
        }
    }

    private static void key(byte[] input) {
        try {
            PublicKeyBlob key = PublicKeyBlob.parse(input);
            if (!key.isSame(PublicKeyBlob.parse(input))) {
                throw new BrokenRule("a key is not the same when it is read again");
            }
        } catch (PeerViolation expected) {
            // as it shall be
        }
    }
}
