package bowline.tls.certificate;

import bowline.tls.certificate.der.DerReader;
import bowline.tls.certificate.der.NotDer;
import bowline.tls.certificate.der.Oid;
import bowline.tls.certificate.der.Tag;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A PKCS #8 key under a passphrase: PBES2 with PBKDF2 (RFC 8018 §6.2), and AES or, of old, triple DES.
///
/// @param source where it comes from, for errors
/// @param hash the hash of PBKDF2, by the JDK's name
/// @param salt of PBKDF2
/// @param iterations of PBKDF2
/// @param cipher by its object identifier
/// @param initial what its first block is mixed with
/// @param content the key, enciphered
@SuppressWarnings("ArrayRecordComponent") // never compared
record EncryptedKey(
        String source, String hash, byte[] salt, int iterations, String cipher, byte[] initial, byte[] content) {
    /// Most iterations: some seconds of work.
    static final int ITERATIONS_MAX = 10_000_000;

    private static final int KEY_MAX_BYTES = 64;
    private static final String ADVICE = "write it anew by openssl pkcs8 -topk8 -v2 aes256 -in OLD -out NEW";

    static EncryptedKey parse(String source, byte[] encoded) throws NotDer, UnusableMaterial {
        DerReader whole = DerReader.of(encoded);
        DerReader parts = whole.sequence();
        whole.end();
        DerReader scheme = parts.sequence();
        byte[] content = parts.octetString();
        if (!scheme.objectIdentifier().equals(Oid.PBES2)) {
            throw UnusableMaterial.of(source, "this key is encrypted in an old way, which is weak", ADVICE, null);
        }
        DerReader both = scheme.sequence();
        DerReader derivation = both.sequence();
        DerReader encryption = both.sequence();
        if (!derivation.objectIdentifier().equals(Oid.PBKDF2)) {
            throw UnusableMaterial.of(
                    source, "the key of its encryption is made by something other than PBKDF2", ADVICE, null);
        }
        DerReader parameters = derivation.sequence();
        byte[] salt = parameters.octetString();
        int iterations = parameters.integer(1, ITERATIONS_MAX);
        if (parameters.nextIs(Tag.INTEGER)) {
            parameters.integer(1, KEY_MAX_BYTES); // the cipher says the same
        }
        String hash = parameters.hasMore() ? hash(source, parameters.sequence().objectIdentifier()) : "HmacSHA1";
        return new EncryptedKey(
                source, hash, salt, iterations, encryption.objectIdentifier(), encryption.octetString(), content);
    }

    private static String hash(String source, String identifier) throws UnusableMaterial {
        return switch (identifier) {
            case Oid.HMAC_SHA1 -> "HmacSHA1";
            case Oid.HMAC_SHA224 -> "HmacSHA224";
            case Oid.HMAC_SHA256 -> "HmacSHA256";
            case Oid.HMAC_SHA384 -> "HmacSHA384";
            case Oid.HMAC_SHA512 -> "HmacSHA512";
            default ->
                throw UnusableMaterial.of(
                        source, "the hash of its encryption, " + identifier + ", is not known", ADVICE, null);
        };
    }

    /// The key in clear.
    byte[] decrypt(char @Nullable [] passphrase) throws UnusableMaterial {
        if (passphrase == null) {
            throw UnusableMaterial.of(source, "this key is encrypted", "say its passphrase", null);
        }
        return switch (cipher) {
            case Oid.AES_128_CBC -> decrypt("AES", 16, passphrase);
            case Oid.AES_192_CBC -> decrypt("AES", 24, passphrase);
            case Oid.AES_256_CBC -> decrypt("AES", 32, passphrase);
            case Oid.TRIPLE_DES_CBC -> decrypt("DESede", 24, passphrase);
            default ->
                throw UnusableMaterial.of(
                        source, "the cipher of its encryption, " + cipher + ", is not known", ADVICE, null);
        };
    }

    private byte[] decrypt(String name, int keyBytes, char[] passphrase) throws UnusableMaterial {
        var spec = new PBEKeySpec(passphrase, salt, iterations, keyBytes * Byte.SIZE);
        try {
            byte[] key = SecretKeyFactory.getInstance("PBKDF2With" + hash)
                    .generateSecret(spec)
                    .getEncoded();
            Cipher decipher = Cipher.getInstance(name + "/CBC/PKCS5Padding");
            decipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, name), new IvParameterSpec(initial));
            Arrays.fill(key, (byte) 0);
            return decipher.doFinal(content);
        } catch (GeneralSecurityException wrong) {
            throw UnusableMaterial.of(source, "the passphrase is wrong", "is it that of another key?", wrong);
        } finally {
            spec.clearPassword();
        }
    }
}
