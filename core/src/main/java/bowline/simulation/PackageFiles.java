package bowline.simulation;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The class files of a package, in the order of their names: those in the folder, the jar, or the image of the JDK
/// that one class of it comes from.
final class PackageFiles {
    private static final String SUFFIX = ".class";

    private PackageFiles() {}

    /// The bytes of each.
    ///
    /// @throws IllegalArgumentException if `member` was not loaded from a file
    static List<byte[]> of(Class<?> member) {
        String file = member.getName().substring(member.getName().lastIndexOf('.') + 1) + SUFFIX;
        URL url = member.getResource(file);
        if (url == null) {
            throw new IllegalArgumentException("no class file of " + member.getName()
                    + "; only packages that were loaded from files can be checked");
        }
        try {
            return read(url.toURI());
        } catch (IOException | URISyntaxException broken) {
            throw new IllegalArgumentException("the class files beside " + url + " cannot be read", broken);
        }
    }

    private static List<byte[]> read(URI place) throws IOException {
        if (!place.getScheme().equals("jar")) {
            return inFolder(Path.of(place).resolveSibling(""));
        }
        try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
            String inside = place.toString().substring(place.toString().indexOf('!') + 1);
            return inFolder(jar.getPath(inside).resolveSibling(""));
        }
    }

    private static List<byte[]> inFolder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(PackageFiles::isClass).sorted().toList();
        }
        var bytes = new ArrayList<byte[]>();
        for (Path each : files) {
            bytes.add(Files.readAllBytes(each));
        }
        return bytes;
    }

    private static boolean isClass(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) && !name.equals("package-info.class") && !name.equals("module-info.class");
    }
}
