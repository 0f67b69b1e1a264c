package bowline.openssl;

import bowline.openssl.library.Libcrypto;
import bowline.openssl.library.Libssl;
import bowline.openssl.library.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The keys that a server's tickets are sealed with (RFC 5077 §4: AES-256 in CBC mode, then HMAC with SHA-256). Each
/// seals for as long as a ticket is good, and opens for as long again; then nobody can any more. Safe for any thread.
///
/// The time is that of sessions, by the library's clock.
final class TicketKeys {
    private static final int NAME_BYTES = 16;
    private static final int IV_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final long NULL = 0;

    private static final int FAILED = -1;
    private static final int UNKNOWN = 0;
    private static final int KNOWN = 1;
    /// The client gets a new ticket, under the present key.
    private static final int KNOWN_AND_RENEWED = 2;

    private static final int TLS_1_3 = 0x0304;

    /// Made by the first server; not when the class of the engine is looked at.
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final long SHA256 = digestParameter("SHA256");

    /// @param name 16 bytes that tickets begin with
    private record Key(ByteBuffer name, MemorySegment secrets, long madeSeconds) {
        long cipherKey() {
            return secrets.address();
        }

        long macKey() {
            return secrets.address() + KEY_BYTES;
        }
    }

    private final long lifeSeconds;
    private @Nullable Key present;
    private @Nullable Key previous;

    /// @param lifeSeconds how long a ticket is good
    TicketKeys(long lifeSeconds) {
        this.lifeSeconds = lifeSeconds;
    }

    /// OSSL_PARAM(3): the digest of the HMAC, and the end of the list.
    private static long digestParameter(String digest) {
        long utf8String = 4;
        MemorySegment value = Arena.global().allocateFrom(digest);
        MemorySegment list = Arena.global().allocate(2 * 40, 8);
        list.set(ValueLayout.JAVA_LONG, 0, Arena.global().allocateFrom("digest").address());
        list.set(ValueLayout.JAVA_INT, 8, (int) utf8String);
        list.set(ValueLayout.JAVA_LONG, 16, value.address());
        list.set(ValueLayout.JAVA_LONG, 24, digest.length());
        return list.address();
    }

    /// What SSL_CTX_set_tlsext_ticket_key_evp_cb(3) wants done: choose a key, and make cipher and MAC ready.
    ///
    /// @param seals whether a ticket is made, or opened
    int use(long connection, long name, long iv, long cipher, long mac, boolean seals) {
        if (seals) {
            Key key = sealing(Libssl.sessionSeconds(Libssl.session(connection)));
            var fresh = new byte[IV_BYTES];
            RANDOM.nextBytes(fresh);
            Memory.put(name, key.name().array());
            Memory.put(iv, fresh);
            return prepare(key, iv, cipher, mac, true) ? KNOWN : FAILED;
        }
        Opening opening = opening(ByteBuffer.wrap(Memory.bytes(name, NAME_BYTES)));
        if (opening == null) {
            return UNKNOWN;
        }
        if (!prepare(opening.key(), iv, cipher, mac, false)) {
            return FAILED;
        }
        // In TLS 1.3 a client uses each ticket once, so it needs another one.
        boolean renews = opening.old() || Libssl.protocolVersion(connection) >= TLS_1_3;
        return renews ? KNOWN_AND_RENEWED : KNOWN;
    }

    private static boolean prepare(Key key, long iv, long cipher, long mac, boolean seals) {
        try {
            return Libcrypto.initCipher(cipher, Libcrypto.aes256Cbc(), NULL, key.cipherKey(), iv, seals ? 1 : 0) == 1
                    && Libcrypto.initMac(mac, key.macKey(), KEY_BYTES, SHA256) == 1;
        } finally {
            Reference.reachabilityFence(key);
        }
    }

    private record Opening(Key key, boolean old) {}

    private synchronized Key sealing(long nowSeconds) {
        Key key = present;
        if (key == null || nowSeconds - key.madeSeconds() >= lifeSeconds) {
            // One that was not followed in time opens nothing any more: its tickets are too old.
            previous = key != null && nowSeconds - key.madeSeconds() < 2 * lifeSeconds ? key : null;
            key = make(nowSeconds);
            present = key;
        }
        return key;
    }

    private synchronized @Nullable Opening opening(ByteBuffer name) {
        if (present != null && present.name().equals(name)) {
            return new Opening(present, false);
        }
        if (previous != null && previous.name().equals(name)) {
            return new Opening(previous, true);
        }
        return null;
    }

    private static Key make(long nowSeconds) {
        var name = new byte[NAME_BYTES];
        var secrets = new byte[2 * KEY_BYTES];
        RANDOM.nextBytes(name);
        RANDOM.nextBytes(secrets);
        MemorySegment hidden = Arena.ofAuto().allocate(secrets.length);
        hidden.copyFrom(MemorySegment.ofArray(secrets));
        Arrays.fill(secrets, (byte) 0);
        return new Key(ByteBuffer.wrap(name), hidden, nowSeconds);
    }

    /// Makes it as if the present key had been in use for its whole life, for tests.
    synchronized void age() {
        if (present != null) {
            present = new Key(present.name(), present.secrets(), present.madeSeconds() - lifeSeconds);
        }
    }
}
