package bowline.cred.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import bowline.bytes.Ascii;
import bowline.cred.hash.SaslPrep;
import bowline.cred.hash.ScramMechanism;
import bowline.cred.hash.ScramSecret;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The client's end of one SCRAM login (RFC 5802): [#first], [#answer], [#verify], in this order. Logged in is who came
/// through `verify`: before, the server has proven nothing.
public final class ScramClient {
    /// Most iterations that a server may make us compute (rule X1).
    public static final int ITERATIONS_MAX = 1_000_000;

    private static final int SHOWN_MAX_CHARS = 40;

    private enum Phase {
        FIRST,
        ANSWER,
        VERIFY,
        DONE
    }

    private final ScramMechanism mechanism;
    private final String password;
    private final String header;
    private final @Nullable ChannelBinding binding;
    private final String bare;
    private final String nonce;
    private Phase phase = Phase.FIRST;
    private byte[] serverSignature = {};

    private ScramClient(
            ScramMechanism mechanism,
            String username,
            String password,
            String header,
            @Nullable ChannelBinding binding,
            String nonce) {
        this.mechanism = mechanism;
        this.password = SaslPrep.stored(password);
        this.header = header;
        this.binding = binding;
        this.nonce = ScramText.nonce(nonce);
        bare = "n=" + ScramText.escaped(SaslPrep.query(username)) + ",r=" + nonce;
    }

    /// A login by `SCRAM-…`.
    ///
    /// @param couldBind whether this client could have bound the channel, but the server did not offer it
    /// @throws IllegalArgumentException if SASLprep forbids the name or the password
    public static ScramClient of(ScramMechanism mechanism, String username, String password, boolean couldBind) {
        return new ScramClient(mechanism, username, password, couldBind ? "y,," : "n,,", null, Nonces.fresh());
    }

    /// A login by `SCRAM-…-PLUS`, bound to the TLS connection.
    public static ScramClient plus(ScramMechanism mechanism, String username, String password, ChannelBinding binding) {
        return new ScramClient(mechanism, username, password, "p=" + binding.type() + ",,", binding, Nonces.fresh());
    }

    static ScramClient withNonce(ScramMechanism mechanism, String username, String password, String nonce) {
        return new ScramClient(mechanism, username, password, "n,,", null, nonce);
    }

    /// The client's first message.
    public String first() {
        expect(Phase.FIRST);
        phase = Phase.ANSWER;
        return header + bare;
    }

    /// The client's last message, to the server's first. Computes as many iterations as the server says, up to a
    /// second of work: a loop gives this to a thread of its pool.
    public String answer(String serverFirst) {
        expect(Phase.ANSWER);
        ScramText.checkLength(serverFirst);
        List<String> parts = ScramText.split(serverFirst);
        String both = ScramText.nonce(ScramText.value(parts, 0, 'r'));
        if (!both.startsWith(nonce) || both.length() == nonce.length()) {
            throw ScramText.violation("the server's nonce does not begin with ours or adds nothing to it");
        }
        byte[] salt = ScramText.base64(ScramText.value(parts, 1, 's'), "salt");
        int iterations = ScramText.number(ScramText.value(parts, 2, 'i'));
        checkIterations(iterations);
        byte[] salted = mechanism.saltedPassword(password.getBytes(UTF_8), salt, iterations);
        String withoutProof = "c=" + ScramText.base64(ScramServer.channel(header, binding)) + ",r=" + both;
        byte[] authMessage = (bare + "," + serverFirst + "," + withoutProof).getBytes(UTF_8);
        byte[] clientKey = ScramSecret.clientKey(mechanism, salted);
        byte[] signature = mechanism.hmac(mechanism.hash(clientKey), authMessage);
        serverSignature = mechanism.hmac(ScramSecret.serverKey(mechanism, salted), authMessage);
        phase = Phase.VERIFY;
        return withoutProof + ",p=" + ScramText.base64(ScramText.xor(clientKey, signature));
    }

    private static void checkIterations(int iterations) {
        if (iterations < ScramSecret.ITERATIONS_MIN || iterations > ITERATIONS_MAX) {
            throw ScramText.violation("the server wants " + iterations + " iterations; from "
                    + ScramSecret.ITERATIONS_MIN + " to " + ITERATIONS_MAX + " are accepted");
        }
    }

    /// Checks the server's last message.
    ///
    /// @throws bowline.machine.PeerViolation if the server refused, or has not proven that it knows the password
    public void verify(String serverFinal) {
        expect(Phase.VERIFY);
        ScramText.checkLength(serverFinal);
        if (serverFinal.startsWith("e=")) {
            throw ScramText.violation("the server refuses: " + Ascii.quote(serverFinal.substring(2), SHOWN_MAX_CHARS));
        }
        byte[] signature = ScramText.base64(ScramText.value(ScramText.split(serverFinal), 0, 'v'), "signature");
        if (!MessageDigest.isEqual(signature, serverSignature)) {
            throw ScramText.violation("the server has not proven that it knows the password: do not trust it");
        }
        phase = Phase.DONE;
    }

    /// Whether both sides have proven that they know the password.
    public boolean isDone() {
        return phase == Phase.DONE;
    }

    private void expect(Phase expected) {
        if (phase != expected) {
            throw new IllegalStateException("SCRAM: this is the time for " + phase + ", not for " + expected);
        }
    }
}
