package bowline.openssl.library;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// How functions of the library are called: one way for each shape of arguments, so that each function is one line.
/// With a constant handle nothing of it is left after compilation.
final class Downcalls {
    static final MemoryLayout INT = ValueLayout.JAVA_INT;
    /// Also every address, and `size_t`.
    static final MemoryLayout LONG = ValueLayout.JAVA_LONG;
    /// Memory that may be an array of ours.
    static final MemoryLayout ARRAY = ValueLayout.ADDRESS;

    private static final Linker.Option[] ORDINARY = {};
    private static final Linker.Option[] BRIEF = {Linker.Option.critical(false)};
    private static final Linker.Option[] BRIEF_ON_ARRAYS = {Linker.Option.critical(true)};

    private Downcalls() {}

    /// A function that may take its time, and call us back.
    static MethodHandle function(SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
        return link(library, name, FunctionDescriptor.of(result, arguments), ORDINARY);
    }

    /// The same without a result.
    static MethodHandle procedure(SymbolLookup library, String name, MemoryLayout... arguments) {
        return link(library, name, FunctionDescriptor.ofVoid(arguments), ORDINARY);
    }

    /// A function that takes no time to speak of, never waits and never calls us back: the JVM calls it without
    /// leaving Java.
    static MethodHandle brief(SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
        return link(library, name, FunctionDescriptor.of(result, arguments), BRIEF);
    }

    /// The same without a result.
    static MethodHandle briefProcedure(SymbolLookup library, String name, MemoryLayout... arguments) {
        return link(library, name, FunctionDescriptor.ofVoid(arguments), BRIEF);
    }

    /// The same for one that copies to or from an array of ours, which stays where it is meanwhile.
    static MethodHandle briefOnArrays(
            SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
        return link(library, name, FunctionDescriptor.of(result, arguments), BRIEF_ON_ARRAYS);
    }

    @SuppressWarnings("restricted") // calls into the library
    private static MethodHandle link(
            SymbolLookup library, String name, FunctionDescriptor shape, Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), shape, options);
    }

    static int intOf(MethodHandle function) {
        try {
            return (int) function.invokeExact();
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static int intOf(MethodHandle function, long a) {
        try {
            return (int) function.invokeExact(a);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static int intOf(MethodHandle function, long a, int b) {
        try {
            return (int) function.invokeExact(a, b);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static int intOf(MethodHandle function, long a, long b) {
        try {
            return (int) function.invokeExact(a, b);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static int intOf(MethodHandle function, long a, long b, int c) {
        try {
            return (int) function.invokeExact(a, b, c);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static int intOf(MethodHandle function, long a, MemorySegment b, int c) {
        try {
            return (int) function.invokeExact(a, b, c);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static int intOf(MethodHandle function, long a, long b, long c, long d) {
        try {
            return (int) function.invokeExact(a, b, c, d);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static int intOf(MethodHandle function, long a, long b, long c, long d, long e, int f) {
        try {
            return (int) function.invokeExact(a, b, c, d, e, f);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static long longOf(MethodHandle function) {
        try {
            return (long) function.invokeExact();
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static long longOf(MethodHandle function, int a) {
        try {
            return (long) function.invokeExact(a);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static long longOf(MethodHandle function, long a) {
        try {
            return (long) function.invokeExact(a);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static long longOf(MethodHandle function, long a, int b) {
        try {
            return (long) function.invokeExact(a, b);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static long longOf(MethodHandle function, long a, long b) {
        try {
            return (long) function.invokeExact(a, b);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static long longOf(MethodHandle function, long a, long b, int c) {
        try {
            return (long) function.invokeExact(a, b, c);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static long longOf(MethodHandle function, long a, long b, long c) {
        try {
            return (long) function.invokeExact(a, b, c);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static long longOf(MethodHandle function, long a, int b, long c) {
        try {
            return (long) function.invokeExact(a, b, c);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static long longOf(MethodHandle function, long a, int b, long c, long d) {
        try {
            return (long) function.invokeExact(a, b, c, d);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static void call(MethodHandle procedure) {
        try {
            procedure.invokeExact();
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static void call(MethodHandle procedure, long a) {
        try {
            procedure.invokeExact(a);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static void call(MethodHandle procedure, long a, int b) {
        try {
            procedure.invokeExact(a, b);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static void call(MethodHandle procedure, long a, long b) {
        try {
            procedure.invokeExact(a, b);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static void call(MethodHandle procedure, long a, int b, long c) {
        try {
            procedure.invokeExact(a, b, c);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static void call(MethodHandle procedure, long a, long b, int c) {
        try {
            procedure.invokeExact(a, b, c);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    static void call(MethodHandle procedure, long a, long b, long c) {
        try {
            procedure.invokeExact(a, b, c);
        } catch (Throwable broken) {
            throw unmade(broken);
        }
    }

    private static AssertionError unmade(Throwable broken) {
        return new AssertionError("a function of OpenSSL could not be called", broken);
    }
}
