/// A service of one's own. `provides` is for the module path, the file in `META-INF/services` for the class path.
module consumer.plugin {
    requires bowline.core;

    provides bowline.service.ServiceMaker with
            consumer.plugin.ShoutMaker;
}
