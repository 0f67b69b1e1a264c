package bowline.conformance;

import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// One chapter of `docs/guide`, and a folder in which its programs are written down and compiled, all at once.
///
/// A block of Java is one file and bears its name: ```` ```java Echo.java ````. What the chapter says of a file's run
/// follows it: blocks of `text` and `console`. Numbers from 8000 to 8099 are ports, each replaced by one that is free.
final class GuideChapter {
    /// Below those that the system gives out by itself, so nothing takes one between now and its use.
    private static final int PORT_MIN = 20_000, PORT_MAX = 32_000;

    private static final Pattern PORT = Pattern.compile("\\b80\\d\\d\\b");

    private final Path page;
    private final Path folder;
    private final List<GuideFile> files = new ArrayList<>();
    private final Map<String, String> ports = new HashMap<>();
    private String diagnostics = "";

    /// Reads the chapter, and compiles its Java into `folder`.
    GuideChapter(Path page, Path folder) throws IOException {
        this.page = page;
        this.folder = Files.createDirectories(folder);
        for (MarkdownBlock block : MarkdownBlock.of(page)) {
            place(block);
        }
        compile();
    }

    String name() {
        return page.getFileName().toString();
    }

    /// Where its sources are, and where its programs run.
    Path folder() {
        return folder;
    }

    Path classes() {
        return folder.resolve("classes");
    }

    List<GuideFile> files() {
        return files;
    }

    /// What the compiler found; empty when it is content.
    String diagnostics() {
        return diagnostics;
    }

    /// Whether a file of Java is run by a block of the console, or its class used by another file.
    boolean uses(GuideFile file) {
        Pattern word = Pattern.compile("\\b" + Pattern.quote(file.className()) + "\\b");
        return files.stream()
                .anyMatch(other -> other != file && word.matcher(other.source()).find()
                        || other.steps().stream()
                                .anyMatch(step -> step.language().equals("console")
                                        && word.matcher(step.text()).find()));
    }

    private void place(MarkdownBlock block) throws IOException {
        switch (block.language()) {
            case "java" -> files.add(new GuideFile(this, withFreePorts(block)));
            case "text", "console" -> lastFile(block).steps().add(withFreePorts(block));
            default -> {}
        }
    }

    private GuideFile lastFile(MarkdownBlock block) {
        if (files.isEmpty()) {
            throw new AssertionError(
                    name() + ":" + block.line() + ": no Java before this block of " + block.language());
        }
        return files.getLast();
    }

    private MarkdownBlock withFreePorts(MarkdownBlock block) {
        String text = PORT.matcher(block.text())
                .replaceAll(port -> ports.computeIfAbsent(port.group(), shown -> String.valueOf(freePort())));
        return new MarkdownBlock(block.language(), block.label(), text, block.line());
    }

    private int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
            try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (!ports.containsValue(String.valueOf(port))) {
                    return probe.getLocalPort();
                }
            } catch (IOException taken) {
                // Another one, then.
            }
        }
    }

    private void compile() throws IOException {
        if (files.isEmpty()) {
            return;
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var paths = new ArrayList<Path>();
        for (GuideFile file : files) {
            paths.add(Files.writeString(folder.resolve(file.name()), file.source()));
        }
        var out = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var sources = manager.getJavaFileObjectsFromPaths(paths);
            compiler.getTask(out, manager, null, options(), null, sources).call();
        }
        diagnostics = out.toString();
    }

    private List<String> options() {
        Stream<String> path = modulePath().stream();
        return Stream.concat(
                        path,
                        Stream.of(
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                classes().toString(),
                                "-proc:none",
                                // An automatic module is none of the guide's business.
                                "-Xlint:all,-classfile,-path,-processing,-serial,-requires-automatic"))
                .toList();
    }

    /// The modules that `./bowline` runs on.
    static List<String> modulePath() {
        String lib = Checkout.folder().resolve("launcher/target/lib").toString();
        return List.of("-p", lib, "--add-modules", "bowline.core,bowline.web");
    }
}
