/// JUnit extension and contract suites for programs built on Bowline.
module bowline.junit {
    requires transitive bowline.core;
    requires static transitive org.jspecify;
    requires transitive org.junit.jupiter.api;

    exports bowline.junit;
    exports bowline.junit.layout;
}
