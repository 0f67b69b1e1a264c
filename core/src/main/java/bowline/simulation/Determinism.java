package bowline.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds calls in a program's classes whose answers no seed decides: real clocks, dice, threads and sockets. Under a
/// simulation they make a run differ from the one before, or wait for what never comes.
///
///     @Test
///     void noCallEscapesTheSeed() {
///         Determinism.checkPackages(Poetry.class);
///     }
///
/// It reads class files, and sees each call written in them and each method reference; not what the classes call in
/// turn. Nested classes are read with their outermost one. `@Simulated` of `bowline-junit` does it before its first
/// seed. For any thread.
public final class Determinism {
    private static final String CLOCK = "the reactor's now() or callLater, or the clock that you were given";
    private static final String DICE = "Simulation.random in tests, a RandomGenerator that you were given in programs";
    private static final String THREADS = "the reactor's deferToThread or callInThread";
    private static final String SLEEP = "the reactor's callLater";
    private static final String TCP = "the reactor's connectTcp and listenTcp, or an endpoint";
    private static final String UDP = "the reactor's listenUdp";
    private static final String NAMES = "the reactor's resolver(); InetAddress.ofLiteral for an address as text";
    private static final String PROCESSES =
            "Processes.spawn; in a simulation, SimulatedHost.program says what the child does";

    /// What is named, and what to use instead of it.
    private static final List<Rule> RULES = List.of(
            new Rule("java.lang.System", Set.of("nanoTime", "currentTimeMillis"), CLOCK),
            new Rule("java.lang.System", Set.of("identityHashCode"), "a number or name of your own"),
            new Rule("java.lang.System", Set.of("getenv"), "an option that you were given"),
            new Rule("java.util.UUID", Set.of("randomUUID"), "new UUID with two numbers of a generator: " + DICE),
            new Rule("java.lang.Math", Set.of("random"), DICE),
            new Rule("java.util.concurrent.ThreadLocalRandom", Set.of("current"), DICE),
            new Rule("java.util.Timer", Set.of("<init>"), SLEEP),
            new Rule("java.lang.Thread", Set.of("sleep"), SLEEP),
            new Rule("java.util.concurrent.TimeUnit", Set.of("sleep"), SLEEP),
            new Rule("java.lang.Thread", Set.of("<init>", "ofPlatform", "ofVirtual", "startVirtualThread"), THREADS),
            new Rule("java.util.concurrent.CompletableFuture", Set.of("supplyAsync", "runAsync"), THREADS),
            new Rule("java.util.concurrent.Executors", Set.of(), THREADS),
            new Rule("java.util.concurrent.ThreadPoolExecutor", Set.of("<init>"), THREADS),
            new Rule("java.util.concurrent.ForkJoinPool", Set.of("<init>", "commonPool"), THREADS),
            new Rule("java.net.Socket", Set.of("<init>"), TCP),
            new Rule("java.net.ServerSocket", Set.of("<init>"), TCP),
            new Rule("java.nio.channels.SocketChannel", Set.of("open"), TCP),
            new Rule("java.nio.channels.ServerSocketChannel", Set.of("open"), TCP),
            new Rule("java.nio.channels.AsynchronousSocketChannel", Set.of("open"), TCP),
            new Rule("java.nio.channels.AsynchronousServerSocketChannel", Set.of("open"), TCP),
            new Rule("java.net.DatagramSocket", Set.of("<init>"), UDP),
            new Rule("java.net.MulticastSocket", Set.of("<init>"), UDP),
            new Rule("java.nio.channels.DatagramChannel", Set.of("open"), UDP),
            new Rule("java.nio.channels.Selector", Set.of("open"), "the reactor, which selects"),
            new Rule("java.net.URL", Set.of("openStream", "openConnection"), TCP),
            new Rule("java.net.http.HttpClient", Set.of("newHttpClient", "newBuilder"), TCP),
            new Rule("java.net.InetAddress", Set.of("getByName", "getAllByName", "getLocalHost"), NAMES),
            new Rule("java.lang.ProcessBuilder", Set.of("start"), PROCESSES),
            new Rule("java.lang.Runtime", Set.of("exec"), PROCESSES));

    private Determinism() {}

    /// Calls of these methods of a class, of all if none is named.
    private record Rule(String owner, Set<String> methods, String instead) {
        boolean names(String calledOwner, String method) {
            return owner.equals(calledOwner) && (methods.isEmpty() || methods.contains(method));
        }
    }

    /// Looks at these classes, and at those nested in them.
    ///
    /// @throws SimulationFailure if there is a call that no seed decides; it names each with its class, method and
    ///     line, and with what to use instead
    public static void check(Class<?>... classes) {
        report(escapes(classes));
    }

    private static void report(List<String> found) {
        if (!found.isEmpty()) {
            throw new SimulationFailure(
                    found.size() + " calls whose answers no seed decides:\n  " + String.join("\n  ", found), null);
        }
    }

    /// Looks at all classes of the packages that these classes are in, as far as they come from the same place:
    /// the same folder or file of the class path or module path. Packages below are others.
    ///
    /// @throws SimulationFailure if there is a call that no seed decides, as for [#check]
    /// @throws IllegalArgumentException if there are no class files to read
    public static void checkPackages(Class<?>... members) {
        report(escapesOfPackages(members));
    }

    /// The same as a list of one sentence for each call, in the order of the classes and lines.
    public static List<String> escapes(Class<?>... classes) {
        var found = new ArrayList<String>();
        for (Class<?> each : classes) {
            read(each, found);
        }
        return found;
    }

    /// What [#checkPackages] finds, as a list of one sentence for each call, in the order of the classes and lines.
    public static List<String> escapesOfPackages(Class<?>... members) {
        var found = new ArrayList<String>();
        for (Class<?> each : members) {
            PackageFiles.of(each).forEach(file -> read(file, found));
        }
        return found;
    }

    private static void read(Class<?> outermost, List<String> found) {
        Deque<String> waiting = new ArrayDeque<>(List.of(outermost.getName()));
        var seen = new TreeSet<String>();
        while (!waiting.isEmpty()) {
            String name = waiting.removeFirst();
            if (seen.add(name)) {
                ClassModel model = read(bytes(outermost, name), found);
                nested(model, outermost.getName()).forEach(waiting::addLast);
            }
        }
    }

    private static ClassModel read(byte[] classFile, List<String> found) {
        ClassModel model = ClassFile.of().parse(classFile);
        String name = dotted(model.thisClass().asInternalName());
        model.methods().forEach(method -> read(name, method, found));
        return model;
    }

    private static Set<String> nested(ClassModel model, String outermost) {
        var names = new TreeSet<String>();
        model.findAttribute(Attributes.innerClasses())
                .ifPresent(inner -> inner.classes()
                        .forEach(each -> names.add(dotted(each.innerClass().asInternalName()))));
        names.removeIf(name -> !name.startsWith(outermost + "$"));
        return names;
    }

    private static byte[] bytes(Class<?> near, String name) {
        String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
        try (InputStream stream = near.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalArgumentException(
                        "no class file of " + name + "; only classes that were loaded from one can be checked");
            }
            return stream.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException("the class file of " + name + " cannot be read", broken);
        }
    }

    private static void read(String className, MethodModel method, List<String> found) {
        CodeModel code = method.code().orElse(null);
        if (code == null) {
            return;
        }
        int line = 0;
        for (CodeElement element : code) {
            if (element instanceof LineNumber number) {
                line = number.line();
            }
            for (Call call : calls(element)) {
                String instead = call.instead();
                if (instead != null) {
                    found.add(className + "." + method.methodName().stringValue() + ", line " + line + ": calls " + call
                            + "; use " + instead);
                }
            }
        }
    }

    private static List<Call> calls(CodeElement element) {
        return switch (element) {
            case InvokeInstruction call ->
                List.of(new Call(
                        dotted(call.owner().asInternalName()),
                        call.name().stringValue(),
                        call.type().stringValue()));
            case InvokeDynamicInstruction reference ->
                reference.bootstrapArgs().stream()
                        .flatMap(Determinism::referred)
                        .toList();
            default -> List.of();
        };
    }

    private static Stream<Call> referred(ConstantDesc argument) {
        if (!(argument instanceof DirectMethodHandleDesc method)
                || !method.owner().isClassOrInterface()) {
            return Stream.empty();
        }
        String owner = method.owner().descriptorString();
        return Stream.of(new Call(
                dotted(owner.substring(1, owner.length() - 1)), method.methodName(), method.lookupDescriptor()));
    }

    private static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }

    /// One call in a class file, or a reference to a method.
    private record Call(String owner, String method, String descriptor) {

        /// What to use instead; null if nothing is wrong with it.
        @Nullable
        String instead() {
            if (owner.startsWith("java.time.") && method.equals("now") && !descriptor.contains("Ljava/time/Clock;")) {
                return CLOCK;
            }
            if (owner.equals("java.time.Clock") && method.startsWith("system")) {
                return CLOCK;
            }
            if (owner.equals("java.util.Collections")
                    && method.equals("shuffle")
                    && descriptor.equals("(Ljava/util/List;)V")) {
                return "shuffle with a generator: " + DICE;
            }
            if (owner.equals("java.util.Random") && method.equals("<init>") && descriptor.equals("()V")) {
                return DICE;
            }
            for (Rule rule : RULES) {
                if (rule.names(owner, method)) {
                    return rule.instead;
                }
            }
            return null;
        }

        @Override
        public String toString() {
            return method.equals("<init>") ? "new " + owner : owner + "." + method;
        }
    }
}
