package bowline.openssl.library;

import static bowline.openssl.library.Downcalls.ARRAY;
import static bowline.openssl.library.Downcalls.INT;
import static bowline.openssl.library.Downcalls.LONG;
import static bowline.openssl.library.Downcalls.brief;
import static bowline.openssl.library.Downcalls.briefOnArrays;
import static bowline.openssl.library.Downcalls.briefProcedure;
import static bowline.openssl.library.Downcalls.call;
import static bowline.openssl.library.Downcalls.function;
import static bowline.openssl.library.Downcalls.intOf;
import static bowline.openssl.library.Downcalls.longOf;
import static bowline.openssl.library.Downcalls.procedure;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// The functions of libcrypto that are needed, each as its manual page has it. A long file, because it is a table.
public final class Libcrypto {
    private static final SymbolLookup LIBRARY = Installation.found().crypto();

    private static final MethodHandle ERR_GET_ERROR = brief(LIBRARY, "ERR_get_error", LONG);
    private static final MethodHandle ERR_CLEAR_ERROR = briefProcedure(LIBRARY, "ERR_clear_error");
    private static final MethodHandle ERR_REASON_ERROR_STRING =
            function(LIBRARY, "ERR_reason_error_string", LONG, LONG);
    private static final MethodHandle CRYPTO_MALLOC = function(LIBRARY, "CRYPTO_malloc", LONG, LONG, LONG, INT);
    private static final MethodHandle CRYPTO_FREE = procedure(LIBRARY, "CRYPTO_free", LONG, LONG, INT);
    private static final MethodHandle BIO_S_MEM = function(LIBRARY, "BIO_s_mem", LONG);
    private static final MethodHandle BIO_NEW = function(LIBRARY, "BIO_new", LONG, LONG);
    private static final MethodHandle BIO_FREE = function(LIBRARY, "BIO_free", INT, LONG);
    private static final MethodHandle BIO_UP_REF = brief(LIBRARY, "BIO_up_ref", INT, LONG);
    private static final MethodHandle BIO_CTRL = function(LIBRARY, "BIO_ctrl", LONG, LONG, INT, LONG, LONG);
    private static final MethodHandle BIO_CTRL_PENDING = brief(LIBRARY, "BIO_ctrl_pending", LONG, LONG);
    private static final MethodHandle BIO_READ = briefOnArrays(LIBRARY, "BIO_read", INT, LONG, ARRAY, INT);
    private static final MethodHandle BIO_WRITE = briefOnArrays(LIBRARY, "BIO_write", INT, LONG, ARRAY, INT);
    private static final MethodHandle D2I_X509 = function(LIBRARY, "d2i_X509", LONG, LONG, LONG, LONG);
    private static final MethodHandle I2D_X509 = function(LIBRARY, "i2d_X509", INT, LONG, LONG);
    private static final MethodHandle X509_FREE = procedure(LIBRARY, "X509_free", LONG);
    private static final MethodHandle D2I_X509_NAME = function(LIBRARY, "d2i_X509_NAME", LONG, LONG, LONG, LONG);
    private static final MethodHandle I2D_X509_NAME = function(LIBRARY, "i2d_X509_NAME", INT, LONG, LONG);
    private static final MethodHandle X509_NAME_FREE = procedure(LIBRARY, "X509_NAME_free", LONG);
    private static final MethodHandle D2I_AUTO_PRIVATE_KEY =
            function(LIBRARY, "d2i_AutoPrivateKey", LONG, LONG, LONG, LONG);
    private static final MethodHandle EVP_PKEY_FREE = procedure(LIBRARY, "EVP_PKEY_free", LONG);
    private static final MethodHandle X509_STORE_CTX_GET0_CERT =
            function(LIBRARY, "X509_STORE_CTX_get0_cert", LONG, LONG);
    private static final MethodHandle X509_STORE_CTX_GET0_UNTRUSTED =
            function(LIBRARY, "X509_STORE_CTX_get0_untrusted", LONG, LONG);
    private static final MethodHandle X509_STORE_CTX_SET_ERROR =
            procedure(LIBRARY, "X509_STORE_CTX_set_error", LONG, INT);
    private static final MethodHandle OPENSSL_SK_NEW_NULL = function(LIBRARY, "OPENSSL_sk_new_null", LONG);
    private static final MethodHandle OPENSSL_SK_PUSH = function(LIBRARY, "OPENSSL_sk_push", INT, LONG, LONG);
    private static final MethodHandle OPENSSL_SK_NUM = function(LIBRARY, "OPENSSL_sk_num", INT, LONG);
    private static final MethodHandle OPENSSL_SK_VALUE = function(LIBRARY, "OPENSSL_sk_value", LONG, LONG, INT);
    private static final MethodHandle EVP_AES_256_CBC = function(LIBRARY, "EVP_aes_256_cbc", LONG);
    private static final MethodHandle EVP_CIPHER_INIT_EX =
            function(LIBRARY, "EVP_CipherInit_ex", INT, LONG, LONG, LONG, LONG, LONG, INT);
    private static final MethodHandle EVP_MAC_INIT = function(LIBRARY, "EVP_MAC_init", INT, LONG, LONG, LONG, LONG);

    private Libcrypto() {}

    // Errors, of the calling thread

    /// ERR_get_error(3): the oldest, which is taken out; 0 for none.
    public static long nextError() {
        return longOf(ERR_GET_ERROR);
    }

    /// ERR_clear_error(3)
    public static void clearErrors() {
        call(ERR_CLEAR_ERROR);
    }

    /// ERR_reason_error_string(3): the address of a text, or 0.
    public static long reason(long error) {
        return longOf(ERR_REASON_ERROR_STRING, error);
    }

    // Memory of the library

    /// OPENSSL_malloc(3)
    public static long malloc(long count, long file, int line) {
        return longOf(CRYPTO_MALLOC, count, file, line);
    }

    /// OPENSSL_free(3)
    public static void free(long at, long file, int line) {
        call(CRYPTO_FREE, at, file, line);
    }

    // BIO: a queue of bytes

    /// BIO_s_mem(3)
    public static long memoryMethod() {
        return longOf(BIO_S_MEM);
    }

    /// BIO_new(3)
    public static long newBio(long method) {
        return longOf(BIO_NEW, method);
    }

    /// BIO_free(3)
    public static int freeBio(long bio) {
        return intOf(BIO_FREE, bio);
    }

    /// BIO_up_ref(3): one more owner.
    public static int keepBio(long bio) {
        return intOf(BIO_UP_REF, bio);
    }

    /// BIO_ctrl(3)
    public static long controlBio(long bio, int command, long number, long pointer) {
        return longOf(BIO_CTRL, bio, command, number, pointer);
    }

    /// BIO_ctrl_pending(3): how many bytes wait in it.
    public static long pending(long bio) {
        return longOf(BIO_CTRL_PENDING, bio);
    }

    /// BIO_read(3), from a memory BIO. `to` may be an array.
    public static int read(long bio, MemorySegment to, int count) {
        return intOf(BIO_READ, bio, to, count);
    }

    /// BIO_write(3), to a memory BIO. `from` may be an array.
    public static int write(long bio, MemorySegment from, int count) {
        return intOf(BIO_WRITE, bio, from, count);
    }

    // Certificates, names and keys

    /// d2i_X509(3). `at` is the address of the address, which moves on.
    public static long readCertificate(long reuse, long at, long count) {
        return longOf(D2I_X509, reuse, at, count);
    }

    /// i2d_X509(3). `at` is the address of the address, or 0 to ask how long it is.
    public static int writeCertificate(long certificate, long at) {
        return intOf(I2D_X509, certificate, at);
    }

    /// X509_free(3)
    public static void freeCertificate(long certificate) {
        call(X509_FREE, certificate);
    }

    /// d2i_X509_NAME(3)
    public static long readName(long reuse, long at, long count) {
        return longOf(D2I_X509_NAME, reuse, at, count);
    }

    /// i2d_X509_NAME(3), see [#writeCertificate].
    public static int writeName(long name, long at) {
        return intOf(I2D_X509_NAME, name, at);
    }

    /// X509_NAME_free(3)
    public static void freeName(long name) {
        call(X509_NAME_FREE, name);
    }

    /// d2i_AutoPrivateKey(3): PKCS#8 among others.
    public static long readKey(long reuse, long at, long count) {
        return longOf(D2I_AUTO_PRIVATE_KEY, reuse, at, count);
    }

    /// EVP_PKEY_free(3)
    public static void freeKey(long key) {
        call(EVP_PKEY_FREE, key);
    }

    /// X509_STORE_CTX_get0_cert(3): the peer's own.
    public static long shownCertificate(long verification) {
        return longOf(X509_STORE_CTX_GET0_CERT, verification);
    }

    /// X509_STORE_CTX_get0_untrusted(3): a stack of all that it has shown, its own first.
    public static long shownChain(long verification) {
        return longOf(X509_STORE_CTX_GET0_UNTRUSTED, verification);
    }

    /// X509_STORE_CTX_set_error(3)
    public static void setVerificationError(long verification, int error) {
        call(X509_STORE_CTX_SET_ERROR, verification, error);
    }

    // Stacks

    /// OPENSSL_sk_new_null(3)
    public static long newStack() {
        return longOf(OPENSSL_SK_NEW_NULL);
    }

    /// OPENSSL_sk_push(3)
    public static int push(long stack, long item) {
        return intOf(OPENSSL_SK_PUSH, stack, item);
    }

    /// OPENSSL_sk_num(3)
    public static int size(long stack) {
        return intOf(OPENSSL_SK_NUM, stack);
    }

    /// OPENSSL_sk_value(3)
    public static long item(long stack, int index) {
        return longOf(OPENSSL_SK_VALUE, stack, index);
    }

    // Ciphers and MACs, for tickets

    /// EVP_aes_256_cbc(3)
    public static long aes256Cbc() {
        return longOf(EVP_AES_256_CBC);
    }

    /// EVP_CipherInit_ex(3)
    public static int initCipher(long context, long cipher, long engine, long key, long iv, int enciphers) {
        return intOf(EVP_CIPHER_INIT_EX, context, cipher, engine, key, iv, enciphers);
    }

    /// EVP_MAC_init(3)
    public static int initMac(long context, long key, long count, long parameters) {
        return intOf(EVP_MAC_INIT, context, key, count, parameters);
    }
}
