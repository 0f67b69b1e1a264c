package bowline.junit.layout;

import java.lang.classfile.Annotation;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.TreeSet;

/// What one class file tells of its class: its name, the classes it names, the members it uses, its annotations.
///
/// A constant that the compiler copied (`static final int`) leaves no trace in a class file, nor does an import.
///
/// @param name full name with dots, nested classes after a `$`
/// @param uses full names of the classes it names
/// @param members what it calls or reads, as `java.lang.System.nanoTime`
/// @param annotations full names of the annotations on the class itself, or on the package in a `package-info`
public record ClassFacts(String name, Set<String> uses, Set<String> members, Set<String> annotations) {

    /// Copies the sets.
    public ClassFacts {
        uses = Set.copyOf(uses);
        members = Set.copyOf(members);
        annotations = Set.copyOf(annotations);
    }

    /// The package of the class, empty for the unnamed one.
    public String packageName() {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /// True for the class that carries a package's annotations.
    public boolean isPackageInfo() {
        return name.endsWith(".package-info");
    }

    /// Reads a class file of any version the running JDK knows.
    ///
    /// @throws IllegalArgumentException if `bytes` is no class file
    static ClassFacts read(byte[] bytes) {
        ClassModel model = ClassFile.of().parse(bytes);
        var uses = new TreeSet<String>();
        var members = new TreeSet<String>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry named -> addTypes(asDescriptor(named.asInternalName()), uses);
                case NameAndTypeEntry member -> addTypes(member.type().stringValue(), uses);
                case MethodTypeEntry method -> addTypes(method.descriptor().stringValue(), uses);
                case MemberRefEntry member ->
                    members.add(dotted(member.owner().asInternalName()) + "."
                            + member.name().stringValue());
                default -> {}
            }
        }
        addDeclarations(model, uses);
        var annotations = new TreeSet<String>();
        addAnnotations(model, annotations);
        String name = dotted(model.thisClass().asInternalName());
        uses.remove(name);
        return new ClassFacts(name, uses, members, annotations);
    }

    private static void addDeclarations(ClassModel model, Set<String> uses) {
        addAttributes(model, uses);
        model.fields().forEach(field -> {
            addTypes(field.fieldType().stringValue(), uses);
            addAttributes(field, uses);
        });
        model.methods().forEach(method -> {
            addTypes(method.methodType().stringValue(), uses);
            addAttributes(method, uses);
        });
        model.findAttribute(Attributes.record())
                .ifPresent(
                        record -> record.components().forEach((RecordComponentInfo part) -> addAttributes(part, uses)));
    }

    private static void addAttributes(AttributedElement element, Set<String> uses) {
        element.findAttribute(Attributes.signature())
                .ifPresent(signature -> addTypes(signature.signature().stringValue(), uses));
        addAnnotations(element, uses);
    }

    private static void addAnnotations(AttributedElement element, Set<String> names) {
        element.findAttribute(Attributes.runtimeVisibleAnnotations())
                .ifPresent(found -> found.annotations().forEach(each -> addAnnotation(each, names)));
        element.findAttribute(Attributes.runtimeInvisibleAnnotations())
                .ifPresent(found -> found.annotations().forEach(each -> addAnnotation(each, names)));
    }

    private static void addAnnotation(Annotation annotation, Set<String> names) {
        addTypes(annotation.className().stringValue(), names);
    }

    /// Adds the classes in a descriptor or generic signature (JVMS §4.3, §4.7.9.1). What stands between its
    /// punctuation is a class when it has a `/`: primitives in front of it, an `L`, its name.
    private static void addTypes(String signature, Set<String> names) {
        var tokens = new StringTokenizer(signature, ";<>:()[*+-^");
        while (tokens.hasMoreTokens()) {
            String token = tokens.nextToken();
            int start = 0;
            while (start < token.length() && "BCDFIJSVZ".indexOf(token.charAt(start)) >= 0) {
                start++;
            }
            if (token.indexOf('/') > 0 && token.charAt(start) == 'L') {
                names.add(dotted(token.substring(start + 1)));
            }
        }
    }

    private static String asDescriptor(String internalName) {
        return internalName.startsWith("[") ? internalName : "L" + internalName + ";";
    }

    private static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }
}
