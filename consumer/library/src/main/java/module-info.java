/// A user's module: all it needs is one line.
module consumer.library {
    requires bowline.core;
}
