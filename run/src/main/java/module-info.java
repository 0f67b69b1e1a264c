/// The command line: finds services and runs them.
module bowline.run {
    requires bowline.core;
    requires info.picocli;
    requires static transitive org.jspecify;
}
