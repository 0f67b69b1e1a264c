package bowline.openssl.library;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// Certificates, names and keys in DER, and as the library has them.
public final class Der {
    private static final long NULL = 0;

    private Der() {}

    /// A certificate of the library's, to be freed; 0 if it cannot be read.
    public static long certificate(byte[] der) {
        return read(der, Libcrypto::readCertificate);
    }

    /// A name of the library's, to be freed; 0 if it cannot be read.
    public static long name(byte[] der) {
        return read(der, Libcrypto::readName);
    }

    /// A private key of the library's, to be freed; 0 if it cannot be read. No copy of it is left in our memory.
    public static long key(byte[] pkcs8) {
        return read(pkcs8, Libcrypto::readKey);
    }

    /// The bytes of a certificate of the library's.
    public static byte[] bytes(long certificate) {
        return write(certificate, Libcrypto::writeCertificate);
    }

    /// The bytes of all certificates in a stack, which may be none (0).
    public static List<byte[]> certificates(long stack) {
        return writeAll(stack, Libcrypto::writeCertificate);
    }

    /// The bytes of all names in a stack, which may be none (0).
    public static List<byte[]> names(long stack) {
        return writeAll(stack, Libcrypto::writeName);
    }

    private static List<byte[]> writeAll(long stack, Writing writing) {
        int count = stack == NULL ? 0 : Libcrypto.size(stack);
        var all = new ArrayList<byte[]>(count);
        for (int i = 0; i < count; i++) {
            all.add(write(Libcrypto.item(stack, i), writing));
        }
        return all;
    }

    private static byte[] write(long thing, Writing writing) {
        int count = writing.write(thing, NULL);
        if (count < 0) {
            throw new IllegalStateException("OpenSSL cannot write what it has read");
        }
        try (Arena arena = Arena.ofConfined()) {
            long at = arena.allocate(Math.max(count, 1)).address();
            MemorySegment cursor = arena.allocateFrom(ValueLayout.JAVA_LONG, at);
            writing.write(thing, cursor.address());
            return Memory.bytes(at, count);
        }
    }

    private interface Writing {
        int write(long thing, long at);
    }

    private static long read(byte[] der, Reading reading) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, der);
            MemorySegment cursor = arena.allocateFrom(ValueLayout.JAVA_LONG, bytes.address());
            long read = reading.read(NULL, cursor.address(), der.length);
            bytes.fill((byte) 0);
            return read;
        }
    }

    private interface Reading {
        long read(long reuse, long at, long count);
    }
}
