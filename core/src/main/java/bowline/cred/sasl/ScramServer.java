package bowline.cred.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import bowline.bytes.Ascii;
import bowline.cred.hash.SaslPrep;
import bowline.cred.hash.ScramMechanism;
import bowline.cred.hash.ScramSecret;
import bowline.machine.PeerViolation;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server's end of one SCRAM login (RFC 5802): [#begin], [#challenge], [#finish], [#verification], in this order.
///
/// An unknown user is given a challenge too, from a secret that was made up (`ScramSecrets` does this), so that who
/// asks cannot learn which names there are. A message in the wrong phase is the caller's fault and an
/// [IllegalStateException]; what the peer does wrong is a [PeerViolation] and ends the login.
public final class ScramServer {
    private static final int SHOWN_MAX_CHARS = 40;

    private enum Phase {
        FIRST,
        SECRET,
        FINAL,
        FINISHED
    }

    private final ScramMechanism mechanism;
    private final boolean plus;
    private final boolean plusOffered;
    private final @Nullable ChannelBinding binding;
    private final String ownNonce;
    private Phase phase = Phase.FIRST;
    private String header = "";
    private String bare = "";
    private String username = "";
    private String clientNonce = "";
    private String challenge = "";
    private @Nullable ScramSecret secret;
    private byte[] proof = {};
    private byte[] authMessage = {};

    private ScramServer(
            ScramMechanism mechanism,
            boolean plus,
            boolean plusOffered,
            @Nullable ChannelBinding binding,
            String nonce) {
        this.mechanism = mechanism;
        this.plus = plus;
        this.plusOffered = plusOffered;
        this.binding = binding;
        ownNonce = ScramText.nonce(nonce);
    }

    /// A login by `SCRAM-…`, without channel binding.
    ///
    /// @param plusOffered whether the mechanism's `-PLUS` variant was offered too: a client that could have used it
    ///     and thinks that it was not offered has been lied to (RFC 5802 §6)
    public static ScramServer of(ScramMechanism mechanism, boolean plusOffered) {
        return new ScramServer(mechanism, false, plusOffered, null, Nonces.fresh());
    }

    /// A login by `SCRAM-…-PLUS`, bound to the TLS connection.
    public static ScramServer plus(ScramMechanism mechanism, ChannelBinding binding) {
        return new ScramServer(mechanism, true, true, binding, Nonces.fresh());
    }

    static ScramServer withNonce(ScramMechanism mechanism, @Nullable ChannelBinding binding, String nonce) {
        return new ScramServer(mechanism, binding != null, binding != null, binding, nonce);
    }

    /// Reads the client's first message and answers the user's name, prepared by SASLprep.
    ///
    /// An authorization identity other than the user's own name is refused: nobody acts for somebody else.
    public String begin(String clientFirst) {
        expect(Phase.FIRST);
        ScramText.checkLength(clientFirst);
        List<String> parts = ScramText.split(clientFirst);
        if (parts.size() < 4) {
            throw ScramText.violation("the first message has " + parts.size() + " parts, not at least 4");
        }
        checkBindingFlag(parts.getFirst());
        header = parts.get(0) + "," + parts.get(1) + ",";
        bare = clientFirst.substring(header.length());
        username = name(ScramText.value(parts, 2, 'n'));
        if (!parts.get(1).isEmpty() && !name(ScramText.value(parts, 1, 'a')).equals(username)) {
            throw ScramText.violation("an authorization identity that is not the user's own name is not accepted");
        }
        clientNonce = ScramText.nonce(ScramText.value(parts, 3, 'r'));
        phase = Phase.SECRET;
        return username;
    }

    private void checkBindingFlag(String flag) {
        String bound = binding == null ? "" : "p=" + binding.type();
        boolean good = plus ? flag.equals(bound) : flag.equals("n") || (flag.equals("y") && !plusOffered);
        if (!good) {
            throw ScramText.violation("channel binding " + Ascii.quote(flag, SHOWN_MAX_CHARS)
                    + (flag.equals("y") && plusOffered
                            ? " denies what was offered: somebody changed the offer on its way"
                            : " is not what this mechanism takes"));
        }
    }

    private static String name(String text) {
        try {
            return SaslPrep.query(ScramText.unescaped(text));
        } catch (PeerViolation violation) {
            throw violation;
        } catch (IllegalArgumentException forbidden) {
            throw ScramText.violation(String.valueOf(forbidden.getMessage()));
        }
    }

    /// The name that [#begin] read.
    public String username() {
        return username;
    }

    /// The mechanism, whose secret [#challenge] wants.
    public ScramMechanism mechanism() {
        return mechanism;
    }

    /// The server's first message: salt, iterations, and the nonce of both.
    public String challenge(ScramSecret itsSecret) {
        expect(Phase.SECRET);
        if (itsSecret.mechanism() != mechanism) {
            throw new IllegalArgumentException(
                    "a secret of " + itsSecret.mechanism().title() + " is of no use for " + mechanism.title());
        }
        secret = itsSecret;
        challenge = "r=" + clientNonce + ownNonce + ",s=" + ScramText.base64(itsSecret.salt()) + ",i="
                + itsSecret.iterations();
        phase = Phase.FINAL;
        return challenge;
    }

    /// Reads the client's last message. Whether it proves the password, [#isProven] and [#isProvenBy] tell; the
    /// portal asks the latter of the secret that the checker has.
    public void finish(String clientFinal) {
        expect(Phase.FINAL);
        ScramText.checkLength(clientFinal);
        List<String> parts = ScramText.split(clientFinal);
        byte[] bound = ScramText.base64(ScramText.value(parts, 0, 'c'), "channel binding");
        if (!MessageDigest.isEqual(bound, channel(header, binding))) {
            throw ScramText.violation("the channel binding is not that of this connection and of the first message");
        }
        String nonce = ScramText.value(parts, 1, 'r');
        if (!MessageDigest.isEqual(nonce.getBytes(UTF_8), (clientNonce + ownNonce).getBytes(UTF_8))) {
            throw ScramText.violation("the nonce of the last message is not the one that was given");
        }
        proof = ScramText.base64(ScramText.value(parts, parts.size() - 1, 'p'), "proof");
        if (proof.length != mechanism.hashBytes()) {
            throw ScramText.violation("the proof has " + proof.length + " bytes, not " + mechanism.hashBytes());
        }
        String withoutProof = clientFinal.substring(0, clientFinal.lastIndexOf(",p="));
        authMessage = (bare + "," + challenge + "," + withoutProof).getBytes(UTF_8);
        phase = Phase.FINISHED;
    }

    /// The bytes behind `c=`: the header of the first message, and the binding's data.
    static byte[] channel(String header, @Nullable ChannelBinding binding) {
        byte[] text = header.getBytes(UTF_8);
        if (binding == null) {
            return text;
        }
        return ByteBuffer.allocate(text.length + binding.data().length)
                .put(text)
                .put(binding.data())
                .array();
    }

    /// Whether the client has proven the password of `itsSecret`. In constant time (G12).
    public boolean isProvenBy(ScramSecret itsSecret) {
        expect(Phase.FINISHED);
        if (itsSecret.mechanism() != mechanism) {
            return false;
        }
        byte[] signature = mechanism.hmac(itsSecret.storedKey(), authMessage);
        return MessageDigest.isEqual(mechanism.hash(ScramText.xor(proof, signature)), itsSecret.storedKey());
    }

    /// Whether the client has proven the password of the secret that it was challenged with.
    public boolean isProven() {
        return isProvenBy(challengingSecret());
    }

    private ScramSecret challengingSecret() {
        expect(Phase.FINISHED);
        if (secret == null) {
            throw new AssertionError("finished without a secret");
        }
        return secret;
    }

    /// The server's last message, which proves to the client that the server knows the password too. To be sent
    /// only after the login was accepted.
    ///
    /// @throws IllegalStateException if the client has not proven the password
    public String verification() {
        if (!isProven()) {
            throw new IllegalStateException("the client has not proven the password; send refusal() instead");
        }
        return "v=" + ScramText.base64(mechanism.hmac(challengingSecret().serverKey(), authMessage));
    }

    /// The server's last message for every login that fails: it does not tell why.
    public static String refusal() {
        return "e=invalid-proof";
    }

    private void expect(Phase expected) {
        if (phase != expected) {
            throw new IllegalStateException("SCRAM: this is the time for " + phase + ", not for " + expected);
        }
    }
}
