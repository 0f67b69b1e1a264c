package bowline.openssl;

import bowline.openssl.library.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/// What the library calls while it works. One function for all engines: which of them it is about is known by the
/// thread, which says so before it calls the library. Nothing is thrown into the library, which would end the JVM.
final class Upcalls {
    private static final ThreadLocal<@Nullable OpensslEngine> AT_WORK = new ThreadLocal<>();

    private static final int SSL_CB_WRITE = 0x08;
    private static final int SSL_CB_ALERT = 0x4000;
    private static final int SSL_TLSEXT_ERR_OK = 0;
    private static final int SSL_TLSEXT_ERR_ALERT_FATAL = 2;
    private static final int SSL_TLSEXT_ERR_NOACK = 3;
    private static final int OK = 1;
    private static final int FAILED = 0;
    private static final int BROKEN = -1;

    /// `int (X509_STORE_CTX *, void *)`
    static final long CERTIFICATES_SHOWN = stub("certificatesShown", int.class, long.class, long.class);

    /// `int (SSL *, void *)`
    static final long STAPLE = stub("staple", int.class, long.class, long.class);

    /// `int (SSL *, void *)`
    static final long CERTIFICATE_ASKED = stub("certificateAsked", int.class, long.class, long.class);

    /// `int (SSL *, int *, void *)`
    static final long SERVER_NAMED = stub("serverNamed", int.class, long.class, long.class, long.class);

    /// `int (SSL *, const unsigned char **, unsigned char *, const unsigned char *, unsigned, void *)`
    static final long SELECT_PROTOCOL =
            stub("selectProtocol", int.class, long.class, long.class, long.class, long.class, int.class, long.class);

    /// `void (const SSL *, int, int)`
    static final long TOLD = stub("told", void.class, long.class, int.class, int.class);

    /// `void (const SSL *, const char *)`
    static final long KEY_LINE = stub("keyLine", void.class, long.class, long.class);

    /// `int (SSL *, SSL_SESSION *)`
    static final long NEW_SESSION = stub("newSession", int.class, long.class, long.class);

    /// `int (SSL *, unsigned char[16], unsigned char *, EVP_CIPHER_CTX *, EVP_MAC_CTX *, int)`
    static final long TICKET_KEY =
            stub("ticketKey", int.class, long.class, long.class, long.class, long.class, long.class, int.class);

    private Upcalls() {}

    @SuppressWarnings("restricted") // the library is given functions of ours
    private static long stub(String name, Class<?> result, Class<?>... arguments) {
        try {
            MethodHandle target =
                    MethodHandles.lookup().findStatic(Upcalls.class, name, MethodType.methodType(result, arguments));
            var layouts = new MemoryLayout[arguments.length];
            for (int i = 0; i < arguments.length; i++) {
                layouts[i] = arguments[i] == int.class ? ValueLayout.JAVA_INT : ValueLayout.JAVA_LONG;
            }
            FunctionDescriptor shape = result == void.class
                    ? FunctionDescriptor.ofVoid(layouts)
                    : FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts);
            return Linker.nativeLinker()
                    .upcallStub(target, shape, Arena.global())
                    .address();
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("a function of ours is missing", impossible);
        }
    }

    /// The library is about to work for this engine, on this thread.
    ///
    /// @return who was at work before, to be given to [#left]
    static @Nullable OpensslEngine entered(OpensslEngine engine) {
        OpensslEngine before = AT_WORK.get();
        AT_WORK.set(engine);
        return before;
    }

    static void left(@Nullable OpensslEngine before) {
        AT_WORK.set(before);
    }

    private static OpensslEngine engine() {
        OpensslEngine engine = AT_WORK.get();
        if (engine == null) {
            throw new IllegalStateException("OpenSSL calls for an engine, and none is at work on this thread");
        }
        return engine;
    }

    private static void broken(Throwable broken) {
        OpensslEngine engine = AT_WORK.get();
        if (engine != null) {
            engine.broken(broken);
        }
    }

    static int certificatesShown(long verification, long _unused) {
        try {
            return engine().certificatesShown(verification) ? OK : FAILED;
        } catch (Throwable broken) {
            broken(broken);
            return FAILED;
        }
    }

    static int certificateAsked(long _connection, long _unused) {
        try {
            engine().certificateAsked();
            return OK;
        } catch (Throwable broken) {
            broken(broken);
            return FAILED;
        }
    }

    static int staple(long _connection, long _unused) {
        try {
            OpensslEngine engine = engine();
            if (engine.isClient()) {
                return engine.stapleKnown() ? OK : FAILED;
            }
            return engine.showStaple() ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
        } catch (Throwable broken) {
            broken(broken);
            return BROKEN;
        }
    }

    /// Which identity to show was decided before: any name is the right one.
    static int serverNamed(long connection, long _alert, long _unused) {
        try {
            return ServerSide.named(connection) == null ? SSL_TLSEXT_ERR_NOACK : SSL_TLSEXT_ERR_OK;
        } catch (Throwable broken) {
            broken(broken);
            return SSL_TLSEXT_ERR_ALERT_FATAL;
        }
    }

    static int selectProtocol(long _connection, long to, long toCount, long offered, int count, long _unused) {
        try {
            int at = engine().selectProtocol(Memory.bytes(offered, count));
            if (at < 0) {
                return SSL_TLSEXT_ERR_ALERT_FATAL;
            }
            // It may stay where it lies, in the client's list: behind its length.
            Memory.putByte(toCount, Memory.getByte(offered + at));
            Memory.putAddress(to, offered + at + 1);
            return SSL_TLSEXT_ERR_OK;
        } catch (Throwable broken) {
            broken(broken);
            return SSL_TLSEXT_ERR_ALERT_FATAL;
        }
    }

    static void told(long _connection, int what, int value) {
        try {
            if ((what & SSL_CB_ALERT) != 0) {
                engine().alert((what & SSL_CB_WRITE) != 0, value >> 8, value & 0xFF);
            }
        } catch (Throwable broken) {
            broken(broken);
        }
    }

    static void keyLine(long _connection, long line) {
        try {
            if (engine().wantsSecrets()) {
                engine().keyLine(Memory.text(line));
            }
        } catch (Throwable broken) {
            broken(broken);
        }
    }

    static int newSession(long _connection, long session) {
        try {
            return engine().newSession(session) ? OK : FAILED;
        } catch (Throwable broken) {
            broken(broken);
            return FAILED;
        }
    }

    static int ticketKey(long connection, long name, long iv, long cipher, long mac, int seals) {
        try {
            return engine().ticketKeys().use(connection, name, iv, cipher, mac, seals != 0);
        } catch (Throwable broken) {
            broken(broken);
            return BROKEN;
        }
    }
}
