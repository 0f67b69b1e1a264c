package bowline.cred.digest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes nonces and knows its own again without keeping them: time, chance, and a MAC over both and the client's
/// address, with a key that is made at the start. Only which counts were used with a right password is kept, for
/// the lifetime of the nonce and up to a bound; when that is full, the oldest nonces become stale before their
/// time.
final class DigestNonces {
    private static final int RANDOM_BYTES = 12;
    private static final int MAC_BYTES = 16;
    private static final int BYTES = Long.BYTES + RANDOM_BYTES + MAC_BYTES;
    private static final int WINDOW = Long.SIZE;

    private final InstantSource clock;
    private final Duration lifetime;
    private final int nonceCountsMax;
    private final SecureRandom random = new SecureRandom();
    private final byte[] key = new byte[32];
    private final Map<String, Used> used = new HashMap<>();
    private final PriorityQueue<Used> oldest = new PriorityQueue<>((a, b) -> Long.compare(a.made, b.made));
    private long staleUpTo = Long.MIN_VALUE;

    /// The counts used of one nonce: the highest, and a bit for each of the 64 up to it.
    private static final class Used {
        private final String nonce;
        private final long made;
        private long highest;
        private long window;

        Used(String nonce, long made) {
            this.nonce = nonce;
            this.made = made;
        }

        boolean take(long count) {
            if (count > highest) {
                long step = count - highest;
                window = (step >= WINDOW ? 0 : window << step) | 1;
                highest = count;
                return true;
            }
            long back = highest - count;
            if (back >= WINDOW || (window >>> back & 1) != 0) {
                return false;
            }
            window |= 1L << back;
            return true;
        }
    }

    DigestNonces(InstantSource clock, Duration lifetime, int nonceCountsMax) {
        this.clock = clock;
        this.lifetime = lifetime;
        this.nonceCountsMax = nonceCountsMax;
        random.nextBytes(key);
    }

    String make(String client) {
        var bytes = new byte[BYTES];
        var chance = new byte[RANDOM_BYTES];
        random.nextBytes(chance);
        ByteBuffer nonce = ByteBuffer.wrap(bytes).putLong(clock.millis()).put(chance);
        nonce.put(mac(Arrays.copyOf(bytes, nonce.position()), "nonce", client));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// What belongs to `nonce` in `opaque=`.
    String opaque(String nonce, String client) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac(nonce.getBytes(StandardCharsets.UTF_8), "opaque", client));
    }

    /// Whether it is ours, for this client, and not too old.
    boolean isFresh(String nonce, String client) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
        if (bytes.length != BYTES) {
            return false;
        }
        int body = BYTES - MAC_BYTES;
        byte[] expected = mac(Arrays.copyOf(bytes, body), "nonce", client);
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(bytes, body, BYTES))) {
            return false;
        }
        long made = made(nonce);
        long age = clock.millis() - made;
        return age >= 0 && age <= lifetime.toMillis() && (made > staleUpTo || used.containsKey(nonce));
    }

    private static long made(String nonce) {
        return ByteBuffer.wrap(Base64.getUrlDecoder().decode(nonce)).getLong();
    }

    /// Uses a count up; false when it was used before. Of a nonce that is fresh.
    boolean use(String nonce, long count) {
        forgetOld();
        Used counts = used.get(nonce);
        if (counts == null) {
            if (made(nonce) <= staleUpTo) {
                return false;
            }
            counts = new Used(nonce, made(nonce));
            used.put(nonce, counts);
            oldest.add(counts);
        }
        return counts.take(count);
    }

    private void forgetOld() {
        long expired = clock.millis() - lifetime.toMillis();
        for (Used first = oldest.peek();
                first != null && (first.made < expired || used.size() >= nonceCountsMax);
                first = oldest.peek()) {
            // What is forgotten could be used again, so it and everything older is stale from now on.
            staleUpTo = Math.max(staleUpTo, first.made);
            oldest.remove();
            used.remove(first.nonce);
        }
    }

    private byte[] mac(byte[] bytes, String purpose, String client) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(bytes);
            return Arrays.copyOf(mac.doFinal(client.getBytes(StandardCharsets.UTF_8)), MAC_BYTES);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no HmacSHA256", missing);
        }
    }
}
