/// Observers that show our events to other logs.
module bowline.log.bridges {
    requires transitive bowline.core;
    requires transitive org.slf4j;
    requires static transitive org.jspecify;

    exports bowline.log.bridges;
}
