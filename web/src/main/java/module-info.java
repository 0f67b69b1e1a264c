/// HTTP: messages, machines, server, client.
module bowline.web {
    requires transitive bowline.core;
    requires static transitive org.jspecify;
}
