package bowline.junit.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The packages found in folders of classes and in jars, with what each knows of the others.
public final class Rooms {

    private final List<ClassFacts> classes;

    private Rooms(List<ClassFacts> classes) {
        this.classes = List.copyOf(classes);
    }

    /// Reads every class below `places`, each a folder of classes or a jar. Module descriptors are left out.
    ///
    /// @throws UncheckedIOException if a place cannot be read
    public static Rooms in(List<Path> places) {
        var found = new ArrayList<ClassFacts>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                readTree(place, found);
            } else {
                readJar(place, found);
            }
        }
        return new Rooms(found);
    }

    /// Only the packages whose name `chosen` takes.
    public Rooms only(Predicate<String> chosen) {
        return new Rooms(
                classes.stream().filter(each -> chosen.test(each.packageName())).toList());
    }

    /// Every class that was read.
    public List<ClassFacts> classes() {
        return classes;
    }

    /// The names of the packages that have a class besides their `package-info`.
    public SortedSet<String> packages() {
        var names = new TreeSet<String>();
        classes.stream().filter(each -> !each.isPackageInfo()).forEach(each -> names.add(each.packageName()));
        return names;
    }

    /// Who knows whom among these packages: user → used → one pair of classes as the proof.
    public SortedMap<String, SortedMap<String, String>> arrows() {
        SortedSet<String> packages = packages();
        SortedMap<String, SortedMap<String, String>> arrows = new TreeMap<>();
        for (ClassFacts user : classes) {
            for (String used : user.uses()) {
                String target = used.substring(0, Math.max(0, used.lastIndexOf('.')));
                if (packages.contains(target) && !target.equals(user.packageName())) {
                    arrows.computeIfAbsent(user.packageName(), _ -> new TreeMap<>())
                            .putIfAbsent(target, user.name() + " uses " + used);
                }
            }
        }
        return arrows;
    }

    private static void readJar(Path jar, List<ClassFacts> found) {
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            inside.getRootDirectories().forEach(root -> readTree(root, found));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read classes from " + jar, e);
        }
    }

    private static void readTree(Path root, List<ClassFacts> found) {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".class") && !name.equals("module-info.class")) {
                    found.add(ClassFacts.read(Files.readAllBytes(file)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read classes from " + root, e);
        }
    }
}
